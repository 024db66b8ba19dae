import { Mark } from './mark.tsx';
import { chosen, withQuery, withToggled } from './query.ts';
import type { Route } from './route.ts';
import { signOf } from './signs.ts';
import { spoken } from './state.tsx';

interface Choice {
  value: string;
  count: number;
  /** Where the value is not the word for it. */
  word?: string;
}

/** Values of a filter, each a link that puts it in or takes it out: without a mouse, and with an address. */
export function Choices({
  route,
  name,
  label,
  choices,
}: {
  route: Route;
  name: string;
  label: string;
  choices: readonly Choice[];
}) {
  const now = chosen(route, name);
  return (
    <nav class="choices" aria-label={label}>
      <span class="label">{label}</span>
      <ul>
        {choices.map(({ value, count, word = value }) => {
          const { mark, tone } = signOf(word);
          return (
            <li key={value}>
              <a
                href={withToggled(route, name, value)}
                aria-current={now.includes(value) ? 'true' : undefined}
                class={`choice ${tone}`}
              >
                {tone !== 'plain' && <Mark name={mark} />}
                {spoken(word)} <b>{count}</b>
              </a>
            </li>
          );
        })}
        {now.length > 0 && (
          <li>
            <a class="choice all" href={withQuery(route, { [name]: null })}>
              all
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
