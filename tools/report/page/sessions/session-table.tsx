import { useMemo } from 'preact/hooks';
import { sliceOf } from '../shell/paging.ts';
import { usePrinting } from '../shell/printing.ts';
import type { Route } from '../shell/route.ts';
import { State } from '../shell/state.tsx';
import { addressWith } from './address.ts';
import { LaneLink } from './lane-link.tsx';
import type { Lookup } from './lookup.ts';
import { AS } from './roles.ts';
import { type Order, sortedLanes, sortingOf } from './sorting.ts';
import { clock, hasFinished, many, plain, priced, reasonOf } from './words.ts';

const COLUMNS: [name: string, order: Order | null][] = [
  ['Session', 'tree'],
  ['Role', 'role'],
  ['State', 'state'],
  ['Cancelled by, and why', null],
  ['Began (UTC)', 'began'],
  ['Cost', 'cost'],
  ['Tokens', 'tokens'],
  ['With all below', 'below'],
  ['Children finished', null],
  ['Announced', null],
];

/** The same sessions as rows: for a screen reader, for paper, and for whoever wants them by what they cost. */
export function SessionTable({
  lookup,
  answers,
  route,
}: {
  lookup: Lookup;
  answers: readonly boolean[];
  route: Route;
}) {
  const by = route.query.get('sort');
  const sorting = sortingOf(by);
  const lanes = useMemo(
    () => sortedLanes(lookup, answers, sorting),
    [lookup, answers, sorting.order, sorting.down],
  );
  const printing = usePrinting();
  const slice = sliceOf(lanes, route.query.get('page'), -1);
  const to = (page: number) => addressWith(route, { page: String(page + 1) });
  return (
    <div class="table sessions-table">
      <table {...AS.table} aria-rowcount={lanes.length + 1}>
        <caption>Sessions, {many(lanes.length, 'row')}</caption>
        <thead {...AS.group}>
          <tr {...AS.row}>
            {COLUMNS.map(([name, order]) => {
              const isIt = order === sorting.order;
              return (
                <th
                  key={name}
                  scope="col"
                  {...AS.column}
                  aria-sort={isIt ? (sorting.down ? 'descending' : 'ascending') : undefined}
                >
                  {order === null ? (
                    name
                  ) : (
                    <a
                      href={addressWith(route, {
                        sort: isIt && !sorting.down ? `-${order}` : order,
                        page: null,
                      })}
                    >
                      {name} <span aria-hidden="true">{isIt ? (sorting.down ? '▾' : '▴') : ''}</span>
                    </a>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody {...AS.group}>
          {(printing ? lanes : slice.rows).map((lane) => (
            <SessionRow key={lane} lookup={lookup} lane={lane} route={route} />
          ))}
        </tbody>
      </table>
      {slice.pages > 1 && !printing && (
        <nav class="pages" aria-label="Pages of sessions">
          {slice.page > 0 ? <a href={to(slice.page - 1)}>earlier</a> : <span>earlier</span>}
          <span class="range">
            {slice.first + 1} to {slice.first + slice.rows.length} of {lanes.length}
          </span>
          {slice.page < slice.pages - 1 ? <a href={to(slice.page + 1)}>further</a> : <span>further</span>}
        </nav>
      )}
    </div>
  );
}

function SessionRow({ lookup, lane: at, route }: { lookup: Lookup; lane: number; route: Route }) {
  const { data, children, zero } = lookup;
  const lane = data.lanes[at]!;
  const cancel = lane.cancelled === null ? null : data.cancels[lane.cancelled]!;
  const own = children[at]!;
  const finished = own.filter((child) => hasFinished(data.lanes[child]!)).length;
  const reason = reasonOf(lane);
  const cells = [
    lane.role,
    <>
      <State word={lane.state} />
      {reason !== null && <span class="says">{reason}</span>}
    </>,
    cancel === null ? '' : `${cancel.by}: ${cancel.reason}`,
    clock(zero + lane.start),
    priced(lane.spent.cost),
    lane.spent.tokens.toLocaleString('en-GB'),
    own.length === 0 ? '' : priced(lane.spent_below.cost),
    own.length === 0 ? '' : `${finished} of ${own.length}`,
    lane.announcements
      .map(
        ({ status, read_at }) =>
          `${status === null ? 'yes' : plain(status)}${read_at === null ? ', not read' : ''}`,
      )
      .join('; '),
  ];
  return (
    <tr {...AS.row}>
      <th scope="row" {...AS.rowHead} data-name="Session">
        <span class="tree-depth" aria-hidden="true">
          {'· '.repeat(Math.min(lane.spawn_depth, 8))}
        </span>
        <LaneLink lookup={lookup} lane={at} route={route} />
      </th>
      {cells.map((cell, index) => (
        <td key={COLUMNS[index + 1]![0]} {...AS.cell} data-name={COLUMNS[index + 1]![0]}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
