import type { AnchorRow } from '../../data/governance.ts';
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

const addressOf = ({ file, line, query }: AnchorRow): string => `${file}:${line} ${query}`;

/** Every anchor that a document names, and the section that it leads to. */
export function Anchors({ anchors, route }: { anchors: readonly AnchorRow[]; route: Route }) {
  const holds = matcher(route.query.get('text') ?? '');
  const statuses = chosen(route, 'status');
  const at = route.query.get('at');
  const shown = anchors.filter(
    ({ query, wp_id, status, file, section }) =>
      (statuses.length === 0 || statuses.includes(status)) &&
      holds(query, wp_id, file, section?.title, section?.number),
  );
  const counts = [...tally(anchors, ({ status }) => status)].sort(([, a], [, b]) => b - a);
  const columns: readonly Column<AnchorRow>[] = [
    {
      name: 'Status',
      kind: 'tight',
      cell: ({ status, flags }) => (
        <>
          <State word={status} />
          {flags.map((flag) => (
            <span key={flag} class="flag">
              {spoken(flag)}
            </span>
          ))}
        </>
      ),
    },
    {
      name: 'Anchor',
      head: true,
      kind: 'wide',
      cell: (anchor) => (
        <>
          <a class="plain-link" href={withQuery(route, { at: addressOf(anchor) })}>
            {anchor.query}
          </a>
          {anchor.reasons.map((reason) => (
            <span key={reason} class="says">
              {reason}
            </span>
          ))}
        </>
      ),
    },
    {
      name: 'Named by',
      kind: 'wide',
      cell: ({ wp_id, file, line }) => (
        <>
          {wp_id !== null && (
            <a class="id" href={packetHash(wp_id)}>
              {wp_id}
            </a>
          )}
          <span class="says">
            <Place file={file} line={line} />
          </span>
        </>
      ),
    },
    {
      name: 'Section',
      kind: 'wide',
      cell: ({ section }) =>
        section === null ? (
          <span class="dim">none</span>
        ) : (
          <>
            {section.number} {section.title}
            <span class="says">
              <Place file={section.file} line={section.line} />
            </span>
          </>
        ),
    },
  ];
  return (
    <>
      <Head title="Anchors" />
      <div class="filters">
        <Search route={route} label="Anchor, packet, file or section" />
        <Choices
          route={route}
          name="status"
          label="Status"
          choices={counts.map(([value, count]) => ({ value, count, word: spoken(value) }))}
        />
      </div>
      <Count shown={shown.length} of={anchors.length} what={anchors.length === 1 ? 'anchor' : 'anchors'} />
      {shown.length === 0 ? (
        <Empty>
          {anchors.length === 0 ? 'No document names an anchor.' : 'No anchor answers this filter.'}
        </Empty>
      ) : (
        <Table
          caption="Anchors by the documents that name them"
          columns={columns}
          rows={shown}
          keyOf={addressOf}
          route={route}
          isMarked={(anchor) => at !== null && addressOf(anchor) === at}
        />
      )}
    </>
  );
}
