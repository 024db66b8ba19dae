import { Empty } from '../shell/empty.tsx';
import type { Route } from '../shell/route.ts';
import { LaneLink, LaneLinks } from './lane-link.tsx';
import type { Lookup } from './lookup.ts';
import { clock, many, priced, sumOf } from './words.ts';

/** Each cancel: where it began, by whom and why, whom it took, and who had already finished. */
export function Cancels({
  lookup,
  answers,
  route,
}: {
  lookup: Lookup;
  answers: readonly boolean[];
  route: Route;
}) {
  const { data, zero } = lookup;
  const shown = data.cancels.filter(({ root, cancelled, skipped }) =>
    [root, ...cancelled, ...skipped].some((lane) => answers[lane]),
  );
  if (shown.length === 0) return <Empty>Nothing was cancelled among these sessions.</Empty>;
  return (
    <ol class="cancels">
      {shown.map(({ op_id, root, reason, by, at, cancelled, skipped }) => (
        <li key={op_id}>
          <h2>
            {root < 0 ? (
              'A session that is not shown'
            ) : (
              <LaneLink lookup={lookup} lane={root} route={route} />
            )}{' '}
            <span class="of">
              cancelled by <b>{by}</b>
              {at !== null && <> at {clock(zero + at)} UTC</>}
            </span>
          </h2>
          <p class="reason">{reason}</p>
          <div class="halves">
            <section>
              <h3>
                Taken <span class="number">{cancelled.length}</span>
              </h3>
              <p class="dim">
                Cost until then:{' '}
                {priced(sumOf(cancelled.flatMap((lane) => data.lanes[lane]?.spent ?? [])).cost)}
              </p>
              <LaneLinks lookup={lookup} lanes={cancelled} route={route} label="Taken" />
            </section>
            <section>
              <h3>
                Had already finished <span class="number">{skipped.length}</span>
              </h3>
              <p class="dim">
                {skipped.length === 0 ? 'None.' : `${many(skipped.length, 'session')} passed over`}
              </p>
              <LaneLinks lookup={lookup} lanes={skipped} route={route} label="Had already finished" />
            </section>
          </div>
        </li>
      ))}
    </ol>
  );
}
