import type { PacketCard } from '../../data/governance.ts';
import { Mark } from '../shell/mark.tsx';
import { signOf } from '../shell/signs.ts';
import { STAGES } from './groups.ts';

/** How far a packet has come, as a line of seven stops. */
export function Rail({ card, words = false }: { card: PacketCard; words?: boolean }) {
  const at = STAGES.findIndex(({ stage }) => stage === card.stage);
  if (!words)
    return (
      <span class="rail" role="img" aria-label={`stage ${at + 1} of ${STAGES.length}: ${STAGES[at]?.title}`}>
        {STAGES.map(({ stage }, index) => (
          <i key={stage} class={index < at ? 'past' : index === at ? 'here' : ''} />
        ))}
      </span>
    );
  return (
    <ol class="rail words" aria-label="Stages">
      {STAGES.map(({ stage, step }, index) => (
        <li
          key={stage}
          class={index < at ? 'past' : index === at ? 'here' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <i aria-hidden="true" />
          {step}
        </li>
      ))}
    </ol>
  );
}

/** The items of the checklist as a row of shapes, with the words for whoever cannot see them. */
export function Items({ items }: { items: PacketCard['items'] }) {
  const told = items.map(({ index, word }) => `${index} ${word}`).join(', ');
  return (
    <span class="items" role="img" aria-label={`checklist: ${told}`} title={told}>
      {items.map(({ index, word }) => {
        const { mark, tone } = signOf(word);
        return (
          <span key={index} class={tone}>
            <Mark name={mark} />
          </span>
        );
      })}
    </span>
  );
}
