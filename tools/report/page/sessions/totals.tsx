import type { Lookup } from './lookup.ts';
import { many, priced, sumOf } from './words.ts';

/** How many sessions answer and what they used: said aloud when it changes. */
export function Totals({
  lookup: { data },
  answers,
  shown,
}: {
  lookup: Lookup;
  answers: readonly boolean[];
  shown: number;
}) {
  const all = data.lanes.length;
  const sum =
    shown === all ? data.total : sumOf(data.lanes.filter((_, at) => answers[at]).map(({ spent }) => spent));
  return (
    <p class="totals" role="status">
      <b>{shown === all ? many(all, 'session') : `${shown} of ${many(all, 'session')}`}</b> ·{' '}
      {priced(sum.cost)} · {many(sum.tokens, 'token')} · {many(sum.runs, 'run')}
    </p>
  );
}
