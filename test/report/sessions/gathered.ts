import type { EventQuery, SessionLog } from '../../../tools/engine/index.ts';
import { openReadOnly } from '../../../tools/engine/index.ts';
import {
  EVENTS_A_BLOCK,
  eventIn,
  type Gathered,
  type GatherOptions,
  gatherSessions,
  told,
} from '../../../tools/report/index.ts';

export async function gathered(
  database: string,
  options: Partial<GatherOptions> = {},
  look: (log: SessionLog) => Promise<void> = async () => {},
): Promise<Gathered> {
  await using log = await openReadOnly(database);
  const answer = await gatherSessions(log, { database, ...options });
  await look(log);
  return answer;
}

/** Every event of a report as the page puts it together, block by block. */
export const eventsOf = ({ data, events }: Pick<Gathered, 'data' | 'events'>): unknown[] =>
  events.flatMap((block, at) =>
    block.kind.map((_, place) => eventIn(block, place, told(data, at * EVENTS_A_BLOCK + place))),
  );

/** What the log itself says. */
export async function logOf(log: SessionLog, query: EventQuery = {}): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const { seq, event } of log.readEvents(query)) events.push({ seq, ...event });
  return events;
}
