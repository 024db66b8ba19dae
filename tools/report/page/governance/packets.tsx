import type { PacketCard } from '../../data/governance.ts';
import { Choices } from '../shell/choices.tsx';
import { Count } from '../shell/count.tsx';
import { Empty } from '../shell/empty.tsx';
import { Fold } from '../shell/fold.tsx';
import { Head } from '../shell/head.tsx';
import { chosen, matcher } from '../shell/query.ts';
import { hashOf, type Route } from '../shell/route.ts';
import { Search } from '../shell/search.tsx';
import { State } from '../shell/state.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { groupKey, groupsOf, tally, waitsFor } from './groups.ts';
import { Items, Rail } from './rail.tsx';

export const packetHash = (wp_id: string): string => hashOf({ view: 'packets', path: [wp_id] });

export const PACKET_COLUMNS: readonly Column<PacketCard>[] = [
  {
    name: 'Work packet',
    head: true,
    kind: 'wide',
    cell: ({ wp_id, title }) => (
      <>
        <a class="id" href={packetHash(wp_id)}>
          {wp_id}
        </a>
        {title !== '' && <span class="says">{title}</span>}
      </>
    ),
  },
  { name: 'Stage', kind: 'stage', cell: (card) => <Rail card={card} /> },
  { name: 'Checklist', kind: 'stage', cell: ({ items }) => <Items items={items} /> },
  { name: 'Waits for', kind: 'waits', cell: (card) => <Waits card={card} /> },
];

/** What it waits for: the packets before it by name, else the words of the first item that is not settled. */
function Waits({ card }: { card: PacketCard }) {
  if (card.ready) return <State word="ready" says="gate open" />;
  if (card.work !== null) return <State word={card.work} />;
  if (card.refusal !== null) return <State word="superseded" says="not to be activated" />;
  if (card.blockers.length > 0)
    return (
      <ul class="plain">
        {card.blockers.map(({ wp_id }) => (
          <li key={wp_id}>
            <a class="id" href={packetHash(wp_id)}>
              {wp_id}
            </a>
          </li>
        ))}
      </ul>
    );
  const item =
    card.items.find(({ word }) => word === 'failed') ??
    card.items.find(({ word }) => word === 'needs you') ??
    card.items.find(({ word }) => word === 'open');
  if (!item) return <span class="dim">its packet</span>;
  return <State word={item.word} says={`${item.index} ${item.intent.replaceAll('_', ' ')} ${item.word}`} />;
}

/** Up to here packets whose work is over are shown, too. */
const OPEN_UP_TO = 30;

/** All packets by how far they have come. */
export function Packets({ packets, route }: { packets: readonly PacketCard[]; route: Route }) {
  const holds = matcher(route.query.get('text') ?? '');
  const stages = chosen(route, 'stage');
  const waits = chosen(route, 'waits');
  const shown = packets.filter(
    (card) =>
      (stages.length === 0 || stages.includes(groupKey(card))) &&
      (waits.length === 0 || waits.includes(waitsFor(card))) &&
      holds(card.wp_id, card.title, ...card.blockers.map(({ wp_id }) => wp_id)),
  );
  return (
    <>
      <Head title="Work packets" />
      <div class="filters">
        <Search route={route} label="Id, title or what it waits for" />
        <Choices
          route={route}
          name="stage"
          label="Stage"
          choices={groupsOf(packets).map(({ key, title, packets: of }) => ({
            value: key,
            word: title,
            count: of.length,
          }))}
        />
        <Choices
          route={route}
          name="waits"
          label="Waits for"
          choices={[...tally(packets, waitsFor)].map(([value, count]) => ({ value, count }))}
        />
      </div>
      <Count
        shown={shown.length}
        of={packets.length}
        what={packets.length === 1 ? 'work packet' : 'work packets'}
      />
      {shown.length === 0 && <Empty>No work packet answers this filter.</Empty>}
      {groupsOf(shown).map(({ key, title, packets: of, isOver }) => (
        <Fold
          key={key}
          name="group"
          isOpen={!isOver || shown.length <= OPEN_UP_TO}
          summary={
            <h2>
              {title} <span class="number">{of.length}</span>
            </h2>
          }
        >
          {() => (
            <Table
              caption={`Work packets: ${title.toLowerCase()}`}
              columns={PACKET_COLUMNS}
              rows={of}
              keyOf={({ wp_id }) => wp_id}
              route={route}
              name={key}
            />
          )}
        </Fold>
      ))}
    </>
  );
}
