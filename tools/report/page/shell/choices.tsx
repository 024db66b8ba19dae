import { Mark } from './mark.tsx';
import { chosen, withQuery, withToggled } from './query.ts';
import type { Route } from './route.ts';
import { signOf } from './signs.ts';

interface Choice {
  value: string;
  count: number;
  /** What is read, where it is not the value itself. */
  word?: string;
  /** The word whose shape it carries. */
  sign?: string;
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
        {choices.map(({ value, count, word = value, sign = value }) => {
          const { mark, tone } = signOf(sign);
          return (
            <li key={value}>
              <a
                href={withToggled(route, name, value)}
                aria-current={now.includes(value) ? 'true' : undefined}
                class={`choice ${tone}`}
              >
                {tone !== 'plain' && <Mark name={mark} />}
                {word} <b>{count}</b>
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
