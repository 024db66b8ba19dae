import type { FlightRecorderEvent, ModelSession } from '../../generated/index.ts';
import type { Expectations } from './expectations.ts';

/** What is known at the end, about sessions by the names that the scenario gave them. */
export interface Facts {
  log: readonly FlightRecorderEvent[];
  sessions: readonly Pick<ModelSession, 'session_id' | 'state'>[];
  idOf(name: string): string | undefined;
  /** The name of a session, or its id where it has none. */
  nameOf(session_id: string): string;
  /** Who wrote the letters that a session has not read. */
  unread(session_id: string): Promise<string[]>;
  /** The roles of the messages of its thread. */
  thread(session_id: string): Promise<string[]>;
  simulated_ms: number;
}

export interface Failure {
  path: PropertyKey[];
  message: string;
}

/** What was expected and did not come, in the order of the file. */
export async function judge(expected: Expectations, facts: Facts): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const [key, value] of Object.entries(expected)) {
    if (PER_NAME.has(key) || key === 'events') {
      for (const [inner, wanted] of Object.entries(value as object)) {
        const got = await factOf(key, inner, facts);
        compare(failures, [key, inner], wanted, got);
      }
    } else compare(failures, [key], value, await factOf(key, '', facts));
  }
  return failures;
}

const PER_NAME: ReadonlySet<string> = new Set(['states', 'reasons', 'mail', 'unread', 'threads']);

async function factOf(key: string, name: string, facts: Facts): Promise<unknown> {
  if (!PER_NAME.has(key)) return ofAll[key as keyof typeof ofAll](facts, name);
  const id = facts.idOf(name);
  if (id === undefined) return undefined; // it was never spawned
  return ofOne[key as keyof typeof ofOne](facts, id);
}

/** Facts about one session. */
const ofOne = {
  states: ({ sessions }: Facts, id: string) => sessions.find(({ session_id }) => session_id === id)?.state,
  reasons: ({ log }: Facts, id: string) =>
    log
      .filter((event) => event.fr_event_id === 'FR-EVT-SESS-002')
      .findLast(({ payload }) => payload.session_id === id)?.payload.reason ?? undefined,
  mail: ({ log, nameOf }: Facts, id: string) =>
    log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-GOV-MAILBOX-001' && event.payload.thread_id === id
        ? [nameOf(event.model_session_id ?? '')]
        : [],
    ),
  unread: ({ unread }: Facts, id: string) => unread(id),
  threads: ({ thread }: Facts, id: string) => thread(id),
};

/** Facts about everything that happened. */
const ofAll = {
  events: ({ log }: Facts, id: string) => log.filter((event) => event.fr_event_id === id).length,
  refused: ({ log }: Facts) => {
    const counts: Record<string, number> = {};
    for (const event of log) {
      if (event.fr_event_id !== 'FR-EVT-SESS-SPAWN-003') continue;
      const { rejection_reason } = event.payload;
      counts[rejection_reason] = (counts[rejection_reason] ?? 0) + 1;
    }
    return counts;
  },
  announced: ({ log, nameOf }: Facts) =>
    log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-SPAWN-004' ? [nameOf(event.payload.child_session_id)] : [],
    ),
  cancelled: ({ log, nameOf }: Facts) =>
    log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-SPAWN-005' ? event.payload.cancelled_session_ids.map(nameOf) : [],
    ),
  ended: ({ log, nameOf }: Facts) =>
    log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-002' && ENDED.has(event.payload.to_state)
        ? [nameOf(event.payload.session_id)]
        : [],
    ),
  dispatched: ({ log, nameOf }: Facts) =>
    log.flatMap((event) =>
      event.fr_event_id === 'FR-EVT-SESS-SCHED-002' ? [nameOf(event.payload.session_id)] : [],
    ),
  simulated_ms: ({ simulated_ms }: Facts) => simulated_ms,
};

const ENDED: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

function compare(failures: Failure[], path: string[], wanted: unknown, got: unknown): void {
  if (shown(wanted) === shown(got)) return;
  failures.push({
    path: ['expect', ...path],
    message: `expect.${path.join('.')}: Unexpected ${shown(got)}, expected ${shown(wanted)}`,
  });
}

/** A value as YAML has it in one line; the order of keys means nothing. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, item]) => `${key}: ${item}`).join(', ')} }`;
}
