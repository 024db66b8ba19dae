import type { FlightRecorderEvent } from '../../generated/index.ts';
import {
  DAY_MS,
  type Fate,
  fateOf,
  type Keep,
  type Policy,
  retentionWith,
  SEGMENT_SIZE,
} from '../../recorder/index.ts';
import type { Clock } from '../ports.ts';
import type { Driver } from '../store/sqlite-driver.ts';
import { type Connection, connect } from './connection.ts';
import { loadSessions } from './sessions.ts';

export interface RetentionOptions extends Pick<Policy, 'before' | 'isOpenPacket'> {
  clock: Pick<Clock, 'now'>;
  /** Days by family, where they are more than those of D-45. */
  retention?: Readonly<Record<string, number>>;
  driver?: Driver;
  /** Told now and then while the log is read. */
  onProgress?: (events: number) => void;
}

/** What becomes of the events of one family. */
export interface FamilyPlan {
  family: string;
  archive: number;
  purge: number;
  kept: { [why in Keep]?: number };
}

/** Records that leave together. */
export interface Leaving {
  first: number;
  last: number;
  does: 'archive' | 'purge';
}

export interface ArchivePlan {
  /** RFC 3339: the moment that it was made for. */
  at: string;
  /** Families that have events, by name. */
  families: FamilyPlan[];
  /** In the order of the log. */
  leaving: Leaving[];
}

const PAGE = 1_024;

/** What retention would do at this moment; nothing is changed. */
export async function planArchive(path: string, options: RetentionOptions): Promise<ArchivePlan> {
  await using connection = await connect(path, { readOnly: true, driver: options.driver });
  const policy: Policy = {
    times: retentionWith(options.retention),
    now: options.clock.now(),
    ...(options.before !== undefined && { before: options.before }),
    sessions: await loadSessions(path, connection),
    isOpenPacket: options.isOpenPacket,
  };
  const youngAfter = policy.now - policy.times.shortest * DAY_MS;
  const tally = createTally(policy);
  for (const { id, events } of await youngOnes(connection, youngAfter)) tally.young(id, events);
  let seen = 0;
  for await (const rows of oldOnes(connection, youngAfter)) {
    for (const { seq, fr_event_id, body } of rows) tally.add(seq, fate(fr_event_id, body, policy));
    seen += rows.length;
    options.onProgress?.(seen);
  }
  return { at: new Date(policy.now).toISOString(), ...tally.result() };
}

/** A record that cannot be read is no event of ours: it stays. */
function fate(fr_event_id: string, body: string, policy: Policy): Fate {
  let event: FlightRecorderEvent;
  try {
    event = JSON.parse(body) as FlightRecorderEvent;
  } catch {
    return { family: fr_event_id, does: 'keep', why: 'unknown_event' };
  }
  return fateOf(event, policy);
}

/** They stay whatever they say, so their bodies are not read. */
const youngOnes = ({ look }: Connection, after: number): Promise<{ id: string; events: number }[]> =>
  look(
    (prepare) =>
      prepare(
        'SELECT fr_event_id AS id, count(*) AS events FROM events WHERE at > ? GROUP BY fr_event_id',
      ).all(after) as { id: string; events: number }[],
  );

interface Row {
  seq: number;
  fr_event_id: string;
  body: string;
}

/** Page by page, without the segments that hold young records only. */
async function* oldOnes({ look }: Connection, youngAfter: number): AsyncGenerator<Row[]> {
  const skip = await look((prepare) => {
    const rows = prepare('SELECT segment FROM event_segments WHERE from_at > ?').all(youngAfter);
    return new Set((rows as { segment: number }[]).map(({ segment }) => segment));
  });
  const sql = 'SELECT seq, fr_event_id, body FROM events WHERE seq > ? AND at <= ? ORDER BY seq LIMIT ?';
  for (let after = 0; ; ) {
    for (let segment = Math.floor(after / SEGMENT_SIZE); skip.has(segment); segment += 1)
      after = (segment + 1) * SEGMENT_SIZE;
    const rows = await look((prepare) => prepare(sql).all(after, youngAfter, PAGE) as Row[]);
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.seq;
  }
}

function createTally({ times }: Policy) {
  const families = new Map<string, FamilyPlan>();
  const leaving: Leaving[] = [];
  const of = (family: string): FamilyPlan => {
    const known = families.get(family) ?? { family, archive: 0, purge: 0, kept: {} };
    families.set(family, known);
    return known;
  };
  const keep = (family: string, why: Keep, events: number): void => {
    const { kept } = of(family);
    kept[why] = (kept[why] ?? 0) + events;
  };
  return {
    young(fr_event_id: string, events: number): void {
      const rule = times.of(fr_event_id);
      keep(rule?.family ?? fr_event_id, rule ? 'too_young' : 'unknown_event', events);
    },
    add(seq: number, fate: Fate): void {
      if (fate.does === 'keep') {
        keep(fate.family, fate.why, 1);
        return;
      }
      of(fate.family)[fate.does] += 1;
      const last = leaving.at(-1);
      if (last?.does === fate.does && last.last + 1 === seq) last.last = seq;
      else leaving.push({ first: seq, last: seq, does: fate.does });
    },
    result: () => ({
      families: [...families.values()].sort((a, b) => (a.family < b.family ? -1 : 1)),
      leaving,
    }),
  };
}
