import { hashOf, type Route } from '../shell/route.ts';
import { addressWith } from './address.ts';
import { Facts } from './facts.tsx';
import { LaneLink, LaneLinks } from './lane-link.tsx';
import type { Lookup } from './lookup.ts';
import { clock, hasFinished, lasted, many, plain, priced } from './words.ts';

/** A session: when, for whom, at what cost, and whom it is bound to. */
export function SessionFacts({ lookup, lane: at, route }: { lookup: Lookup; lane: number; route: Route }) {
  const { data, zero, length, children } = lookup;
  const lane = data.lanes[at]!;
  const own = children[at]!;
  const finished = own.filter((child) => hasFinished(data.lanes[child]!)).length;
  return (
    <>
      <Facts
        facts={[
          ['Session', <code key="id">{lane.session_id}</code>],
          ['Model', lane.model_id],
          [
            'Work packet',
            lane.wp_id === null ? null : (
              <a key="wp" href={hashOf({ view: 'packets', path: [lane.wp_id] })}>
                {lane.wp_id}
              </a>
            ),
          ],
          [
            'Time',
            `${clock(zero + lane.start)} to ${lane.end === null ? 'now' : clock(zero + lane.end)} UTC (${lasted((lane.end ?? length) - lane.start)})`,
          ],
          [
            'Cost',
            `${priced(lane.spent.cost)}, ${many(lane.spent.tokens, 'token')} in ${many(lane.spent.runs, 'run')}`,
          ],
          [
            'With all below',
            own.length === 0
              ? null
              : `${priced(lane.spent_below.cost)}, ${many(lane.spent_below.tokens, 'token')}`,
          ],
          ...lane.budgets.map(
            ({ budget_type, used, threshold, warned }) =>
              [
                `Budget ${plain(budget_type)}`,
                `${used}${threshold === null ? '' : ` of ${threshold}`}${warned ? ', warned' : ''}`,
              ] as const,
          ),
          [
            'Spawned by',
            lane.parent === null ? null : (
              <LaneLink key="parent" lookup={lookup} lane={lane.parent} route={route} />
            ),
          ],
          ['Depth', lane.spawn_depth],
          ['Trace', <code key="trace">{lane.trace_id}</code>],
        ]}
      />
      {own.length > 0 && (
        <section>
          <h3>
            Children{' '}
            <span class="number">
              {finished} of {own.length} finished
            </span>
          </h3>
          <LaneLinks lookup={lookup} lanes={own} route={route} label="Children" />
        </section>
      )}
      {lane.announcements.length > 0 && (
        <section>
          <h3>Announced</h3>
          <ul class="announcements">
            {lane.announcements.map(({ at: sent, to, message_id, status, summary_artifact_id, read_at }) => (
              <li key={message_id}>
                {clock(zero + sent)} {status !== null && <>{plain(status)} </>}
                to{' '}
                {to < 0 ? (
                  'a session that is not shown'
                ) : (
                  <LaneLink lookup={lookup} lane={to} route={route} />
                )}
                , {read_at === null ? 'not read' : `read ${clock(zero + read_at)}`}
                {summary_artifact_id !== null && (
                  <>
                    {' '}
                    <a href={addressWith(route, { artifact: summary_artifact_id })}>summary</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
