import type { TraceReport } from '../../../trace/index.ts';
import type { Place as At, CardItem, PacketCard } from '../../data/governance.ts';
import type { PageData } from '../../data/page.ts';
import { Command } from '../shell/command.tsx';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Place } from '../shell/place.tsx';
import { withQuery } from '../shell/query.ts';
import { hashOf, type Route } from '../shell/route.ts';
import { State } from '../shell/state.tsx';
import { type Column, Table } from '../shell/table.tsx';
import { elsewhere } from './elsewhere.ts';
import { packetHash } from './packets.tsx';
import { Rail } from './rail.tsx';

const columnsAt = (route: Route): readonly Column<CardItem>[] => [
  {
    name: 'No.',
    kind: 'number',
    cell: ({ index }) => (
      <a class="plain-link" href={withQuery(route, { at: String(index) })}>
        {index}
      </a>
    ),
  },
  { name: 'State', kind: 'tight', cell: ({ word }) => <State word={word} /> },
  {
    name: 'Item',
    head: true,
    kind: 'item',
    cell: ({ intent, text }) => (
      <>
        {intent.replaceAll('_', ' ')}
        <span class="says">{text}</span>
      </>
    ),
  },
  { name: 'Evidence', kind: 'wide', cell: ({ evidence }) => <Evidence evidence={evidence} /> },
  {
    name: 'Next',
    kind: 'next-cell',
    cell: ({ next }) => (next === null ? <span class="dim">nothing</span> : <Command text={next} />),
  },
];

function Evidence({ evidence }: { evidence: CardItem['evidence'] }) {
  return (
    <ul class="evidence">
      {evidence.map(({ kind, file, line, detail }, index) => (
        // Two pieces of evidence may say the same; their order is all that tells them apart.
        <li key={index}>
          <span class="kind">{kind.replaceAll('_', ' ')}</span> {detail}{' '}
          {file !== null && <Place file={file} line={line} />}
        </li>
      ))}
    </ul>
  );
}

/** One packet: how far it is, what is proven, what it waits for, and what to do next. */
export function Packet({
  page,
  packets,
  id,
  route,
}: {
  page: PageData;
  packets: readonly PacketCard[];
  id: string;
  route: Route;
}) {
  const card = packets.find(({ wp_id }) => wp_id === id);
  if (!card)
    return (
      <>
        <Head title={id} />
        <Empty>
          No document of this tree has the work packet "{id}". <a href="#/packets">All work packets</a>
        </Empty>
      </>
    );
  const proven = card.items.filter(({ word }) => word === 'proven').length;
  const item = route.query.get('at');
  return (
    <>
      <Head title={card.wp_id}>
        {card.title !== '' && <p>{card.title}</p>}
        <p class="verdict">
          <State word={card.ready ? 'ready' : 'closed'} says={card.ready ? 'gate open' : 'gate closed'} />
          <span>
            {proven} of {card.items.length} proven
          </span>
          {card.blockers.length > 0 && <span>waits for {card.blockers.length}</span>}
          {card.work !== null && <State word={card.work} />}
        </p>
      </Head>
      <Rail card={card} words />
      {card.next !== null && (
        <p class="next">
          <span class="label">Next</span> <Command text={card.next} />
        </p>
      )}
      {card.refusal !== null && <p class="notice bad">{card.refusal}</p>}
      {card.notes.map((note) => (
        <p key={note} class="notice">
          {note}
        </p>
      ))}
      <Others title="Waits for" of={card.blockers} />
      <Others title="Waived" of={card.waived} />
      <section>
        <h2>Checklist</h2>
        <Table
          caption={`Checklist of ${card.wp_id}`}
          columns={columnsAt(route)}
          rows={card.items}
          keyOf={({ index }) => String(index)}
          route={route}
          isMarked={({ index }) => String(index) === item}
        />
      </section>
      <section>
        <h2>Where it stands</h2>
        <dl class="facts">
          <Document name="Stub" at={card.stub} />
          <Document name="Refinement" at={card.refinement} />
          <Document name="Packet" at={card.packet} />
          <div>
            <dt>Task board</dt>
            <dd>
              {card.board ? (
                <>
                  <code>{card.board.state}</code> <Place {...card.board} />
                </>
              ) : (
                <span class="dim">no entry</span>
              )}
            </dd>
          </div>
          {elsewhere(page, card.wp_id).map(({ title, count, hash }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <a href={hash} aria-label={`${count} ${title.toLowerCase()}`}>
                  {count}
                </a>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {page.trace && <Clauses trace={page.trace} id={card.wp_id} />}
    </>
  );
}

function Document({ name, at }: { name: string; at: At | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{at ? <Place {...at} /> : <span class="dim">none</span>}</dd>
    </div>
  );
}

function Others({ title, of }: { title: string; of: PacketCard['blockers'] }) {
  if (of.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="others">
        {of.map((other) => (
          <li key={other.wp_id}>
            <a class="id" href={packetHash(other.wp_id)}>
              {other.wp_id}
            </a>{' '}
            {other.detail} <Place {...other} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The clauses that its documents name, each with how far it is proven. */
function Clauses({ trace, id }: { trace: TraceReport; id: string }) {
  const named = trace.clauses.filter(({ stubs, refinements, packets }) =>
    [stubs, refinements, packets].some((links) => links.some(({ wp_id }) => wp_id === id)),
  );
  if (named.length === 0) return null;
  return (
    <section>
      <h2>
        Clauses that it names <span class="number">{named.length}</span>
      </h2>
      <ul class="clauses">
        {named.map((clause) => (
          <li key={clause.id}>
            <a class="id" href={hashOf({ view: 'trace', path: clause.id.split('/') })}>
              {clause.id}
            </a>{' '}
            <State word={clause.state.replaceAll('_', ' ')} />
          </li>
        ))}
      </ul>
    </section>
  );
}
