import type { PacketCard } from '../../data/governance.ts';
import type { PageData } from '../../data/page.ts';
import { Command } from '../shell/command.tsx';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Mark } from '../shell/mark.tsx';
import type { Route } from '../shell/route.ts';
import { signOf } from '../shell/signs.ts';
import { type Column, Table } from '../shell/table.tsx';
import { byUrgency } from './groups.ts';
import { PACKET_COLUMNS } from './packets.tsx';
import { summaryOf } from './summary.ts';

/** What one wants to know first. Each number leads to its rows. */
export function Overview({ page, route }: { page: PageData; route: Route }) {
  const topics = summaryOf(page);
  return (
    <>
      <Head title="Overview" />
      {topics.length === 0 && (
        <Empty>This report is empty: it has no governance, no trace and no sessions.</Empty>
      )}
      <dl class="topics">
        {topics.map(({ title, hash, figures }) => (
          <div key={title}>
            <dt>
              <a href={hash}>{title}</a>
            </dt>
            {figures.length === 0 && <dd class="dim">none</dd>}
            {figures.map(({ count, word, sign = word, hash: to }) => {
              const { mark, tone } = signOf(sign);
              return (
                <dd key={word}>
                  <a class={`figure ${count === 0 ? 'zero' : tone}`} href={to}>
                    <Mark name={mark} />
                    <b>{count}</b> {word}
                  </a>
                </dd>
              );
            })}
          </div>
        ))}
      </dl>
      <Alive page={page} route={route} />
    </>
  );
}

const COLUMNS: readonly Column<PacketCard>[] = [
  ...PACKET_COLUMNS,
  {
    name: 'Next',
    kind: 'next-cell',
    cell: ({ next }) => (next === null ? <span class="dim">nothing</span> : <Command text={next} />),
  },
];

/** The packets whose gate is open, then those that somebody can move on now, then those behind another packet. */
function Alive({ page: { governance }, route }: { page: PageData; route: Route }) {
  const alive = byUrgency(governance?.packets ?? []);
  if (alive.length === 0) return null;
  const first = alive.slice(0, 12);
  return (
    <section>
      <h2>Work packets</h2>
      <Table
        caption="Work packets whose work has not begun"
        columns={COLUMNS}
        rows={first}
        keyOf={({ wp_id }) => wp_id}
        route={route}
      />
      {alive.length > first.length && (
        <p class="more">
          <a href="#/packets">All {alive.length}</a>
        </p>
      )}
    </section>
  );
}
