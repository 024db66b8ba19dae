import { basename } from 'node:path';
import type { SessionLog } from '../../engine/index.ts';
import type { EventQuery, Gap, StoredEvent } from '../../recorder/index.ts';
import type { Artifacts, Blocks, Threads } from '../data/page.ts';
import type { SessionsData } from '../data/sessions.ts';
import { artifactIds } from './artifact-ids.ts';
import { artifactsOf } from './artifacts.ts';
import { build } from './build.ts';
import { threadsOf } from './threads.ts';

const MOST_EVENTS = 200_000;
const MOST_SESSIONS = 5_000;

export interface GatherOptions {
  /** The file of the database. */
  database: string;
  /** Only this session. */
  session?: string;
  /** Only this session and everything below it. */
  tree?: string;
  wp?: string;
  /** RFC 3339; from inclusive, to exclusive. */
  from?: string;
  to?: string;
  /** At most so many of the newest; default 200,000. */
  events?: number;
  /** At most so many, by whole trees, of the newest; default 5,000. */
  sessions?: number;
  /** False leaves threads and artifacts out. */
  texts?: boolean;
}

export interface Gathered {
  data: SessionsData;
  events: Blocks['events'];
  threads: Threads;
  artifacts: Artifacts;
}

type Selection = Pick<EventQuery, 'model_session_id' | 'tree' | 'wp_id' | 'from' | 'to'>;

/** Everything that the page shows of a session database. No clock: the same database, the same answer. */
export async function gatherSessions(log: SessionLog, options: GatherOptions): Promise<Gathered> {
  const { events: most = MOST_EVENTS, sessions = MOST_SESSIONS, texts = true } = options;
  const [newest] = await listed(log.readEvents({ last: 1 }));
  const head = newest?.seq ?? 0;
  const before_seq = head + 1;
  const selection = selectionOf(options);
  // Rows after the newest event: each event that is shown then has its rows, whatever is written meanwhile.
  const { source, left_out } = await log.material(selection, sessions);
  const warnings = await listed(log.readEvents({ type: 'FR-EVT-SESS-005', before_seq }));
  const skipped: Gap[] = [];
  const asked = { ...selection, before_seq, last: most + 1 };
  const stored = await listed(log.readEvents(asked, (gap) => skipped.push(gap)));
  const older = stored.length > most ? stored.splice(0, stored.length - most).length : 0;
  const { from, to } = options;
  const built = build({
    source,
    events: stored,
    warnings,
    newest: newest?.event.timestamp ?? null,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  const gaps = [...(await log.gaps()), ...skipped].sort((a, b) => a.first_seq - b.first_seq);
  const data: SessionsData = {
    database: basename(options.database),
    ...built.data,
    gaps: gaps.map(({ first_seq, last_seq, why, archive }) => ({ first_seq, last_seq, why, archive })),
    left_out: { sessions: left_out, events_before: older > 0 ? (stored[0]?.seq ?? before_seq) : null },
  };
  if (!texts)
    return { data, events: built.blocks, threads: { artifact_ids: [], sessions: {} }, artifacts: {} };
  const shown = data.lanes.map(({ session_id }) => session_id);
  const threads = await threadsOf(log, shown);
  const artifacts = await artifactsOf(log, artifactIds(stored, threads));
  return { data, events: built.blocks, threads, artifacts };
}

/** What the store is asked for: of the same name for sessions and for events. */
function selectionOf({ session, tree, wp, from, to }: GatherOptions): Selection {
  return {
    ...(session === undefined ? {} : { model_session_id: session }),
    ...(tree === undefined ? {} : { tree }),
    ...(wp === undefined ? {} : { wp_id: wp }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

async function listed(events: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const list: StoredEvent[] = [];
  for await (const stored of events) list.push(stored);
  return list;
}
