import type { DriftRow } from '../../data/governance.ts';
import type { PageData } from '../../data/page.ts';
import { Choices } from '../shell/choices.tsx';
import { Count } from '../shell/count.tsx';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Place } from '../shell/place.tsx';
import { chosen, matcher, withQuery } from '../shell/query.ts';
import type { Route } from '../shell/route.ts';
import { Search } from '../shell/search.tsx';
import { State, spoken } from '../shell/state.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { tally } from './groups.ts';
import { packetHash } from './packets.tsx';

const addressOf = ({ file, line, anchor }: DriftRow): string => `${file}:${line} ${anchor}`;

/** What documents are pinned to, and what has become of it in the spec of today. */
export function Drift({
  rows,
  spec,
  route,
}: {
  rows: readonly DriftRow[];
  spec: PageData['spec'];
  route: Route;
}) {
  const holds = matcher(route.query.get('text') ?? '');
  const fates = chosen(route, 'fate');
  const at = route.query.get('at');
  const shown = rows.filter(
    ({ wp_id, anchor, fate, file, detail }) =>
      (fates.length === 0 || fates.includes(fate)) && holds(wp_id, anchor, file, detail),
  );
  const columns: readonly Column<DriftRow>[] = [
    { name: 'Fate', kind: 'tight', cell: ({ fate }) => <State word={fate} /> },
    {
      name: 'Anchor',
      head: true,
      kind: 'wide',
      cell: (row) => (
        <>
          <a class="plain-link" href={withQuery(route, { at: addressOf(row) })}>
            {row.anchor}
          </a>
          <span class="says">{row.detail}</span>
        </>
      ),
    },
    {
      name: 'Pinned by',
      kind: 'wide',
      cell: ({ wp_id, file, line }) => (
        <>
          <a class="id" href={packetHash(wp_id)}>
            {wp_id}
          </a>
          <span class="says">
            <Place file={file} line={line} />
          </span>
        </>
      ),
    },
    { name: 'Pinned to', kind: 'tight', cell: ({ pinned }) => pinned },
    {
      name: 'Today',
      kind: 'wide',
      cell: ({ to }) => (to === null ? <span class="dim">nowhere</span> : <Place {...to} />),
    },
  ];
  return (
    <>
      <Head title="Drift">
        {spec !== null && <p>What has become of pinned anchors and clauses in {spec.version}.</p>}
      </Head>
      {rows.length === 0 ? (
        <Empty>Everything that is pinned stands in the spec of today as it stood.</Empty>
      ) : (
        <>
          <div class="filters">
            <Search route={route} label="Packet, anchor or file" />
            <Choices
              route={route}
              name="fate"
              label="Fate"
              choices={[...tally(rows, ({ fate }) => fate)].map(([value, count]) => ({
                value,
                count,
                word: spoken(value),
              }))}
            />
          </div>
          <Count
            shown={shown.length}
            of={rows.length}
            what={rows.length === 1 ? 'pin that has drifted' : 'pins that have drifted'}
          />
          {shown.length === 0 ? (
            <Empty>Nothing that has drifted answers this filter.</Empty>
          ) : (
            <Table
              caption="Pins that have drifted"
              columns={columns}
              rows={shown}
              keyOf={(row) => `${addressOf(row)} ${row.fate} ${row.detail}`}
              route={route}
              isMarked={(row) => at !== null && addressOf(row) === at}
            />
          )}
        </>
      )}
    </>
  );
}
