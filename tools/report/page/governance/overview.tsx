import type { PageData } from '../../data/page.ts';
import { Command } from '../shell/command.tsx';
import { Empty } from '../shell/empty.tsx';
import { Head } from '../shell/head.tsx';
import { Mark } from '../shell/mark.tsx';
import { signOf } from '../shell/signs.ts';
import { groupKey, waitsFor } from './groups.ts';
import { packetHash } from './packets.tsx';
import { summaryOf } from './summary.ts';

/** What one wants to know first. Each number leads to its rows. */
export function Overview({ page }: { page: PageData }) {
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
      <Asked page={page} />
    </>
  );
}

/** Packets that a person can move on now: those that wait for a word of theirs before those that wait for a step. */
function Asked({ page: { governance } }: { page: PageData }) {
  const asked = (governance?.packets ?? [])
    .filter((card) => card.next !== null && ['a person', 'a step'].includes(waitsFor(card)))
    .sort((a, b) => (waitsFor(a) < waitsFor(b) ? -1 : waitsFor(a) > waitsFor(b) ? 1 : 0));
  if (asked.length === 0) return null;
  const first = asked.slice(0, 12);
  return (
    <section>
      <h2>
        To be moved on <span class="number">{asked.length}</span>
      </h2>
      <ul class="asked">
        {first.map((card) => (
          <li key={card.wp_id}>
            <a class="id" href={packetHash(card.wp_id)}>
              {card.wp_id}
            </a>
            <span class="dim">
              {groupKey(card).toLowerCase()}, waits for {waitsFor(card)}
            </span>
            <Command text={card.next!} />
          </li>
        ))}
      </ul>
      {asked.length > first.length && (
        <p>
          <a href="#/packets?waits=a+person%2Ca+step">All {asked.length}</a>
        </p>
      )}
    </section>
  );
}
