import type { Route } from '../shell/route.ts';
import { LaneLink, LaneLinks } from './lane-link.tsx';
import type { Lookup } from './lookup.ts';
import { clock, many } from './words.ts';

/** Who cancelled a session and why, and what had already finished by then. */
export function CancelFacts({ lookup, lane: at, route }: { lookup: Lookup; lane: number; route: Route }) {
  const { data, zero } = lookup;
  const lane = data.lanes[at]!;
  const cancel = lane.cancelled === null ? null : data.cancels[lane.cancelled]!;
  return (
    <>
      {cancel !== null && (
        <div class="cancelled-by">
          <p>
            Cancelled by <b>{cancel.by}</b>
            {cancel.at !== null && <> at {clock(zero + cancel.at)}</>}: {cancel.reason}
          </p>
          <p>
            {cancel.root === at ? (
              'The cancel began here'
            ) : cancel.root < 0 ? (
              'The cancel began at a session that is not shown'
            ) : (
              <>
                The cancel began at <LaneLink lookup={lookup} lane={cancel.root} route={route} />
              </>
            )}
            {`. It took ${many(cancel.cancelled.length, 'session')}; `}
            {cancel.skipped.length === 0
              ? 'none had already finished.'
              : `${many(cancel.skipped.length, 'session')} had already finished:`}
          </p>
          <LaneLinks lookup={lookup} lanes={cancel.skipped} route={route} label="Had already finished" />
        </div>
      )}
      {lane.passed_over.map((passed) => (
        <p class="passed-over" key={passed}>
          A cancel by {data.cancels[passed]!.by} ({data.cancels[passed]!.reason}) passed it over: it had
          already finished.
        </p>
      ))}
    </>
  );
}
