import { existsSync } from 'node:fs';
import type { FlightRecorderEvent } from '../../generated/index.ts';
import { tables } from '../../kernel/index.ts';
import { archivedRecords, eventOf, type SessionEnds, sessionEnds } from '../../recorder/index.ts';
import type { Prepare } from '../store/sqlite-rows.ts';
import type { Connection } from './connection.ts';
import { archiveFile, readArchiveFile } from './place.ts';

const PAGE = 4_096;

/** When a session ended is the end of its span: its row is touched afterwards too. */
const ROWS =
  "SELECT s.n, s.key AS session_id, json_extract(s.body, '$.root_session_id') AS root_session_id, " +
  "json_extract(s.body, '$.terminal') AS terminal, json_extract(s.body, '$.wp_id') AS wp_id, " +
  "json_extract(s.body, '$.updated_at') AS updated_at, json_extract(p.body, '$.end_time') AS end_time " +
  `FROM ${tables.session.sql} s LEFT JOIN ${tables.span.sql} p ` +
  "ON p.key = json_extract(s.body, '$.model_session_span_id') WHERE s.n > ? ORDER BY s.n LIMIT ?";

interface Row {
  n: number;
  session_id: string;
  root_session_id: string;
  terminal: string | null;
  wp_id: string | null;
  updated_at: string;
  end_time: string | null;
}

/** Every session of the database, and those that only its log knows. */
export async function loadSessions(path: string, { look }: Connection): Promise<SessionEnds> {
  const sessions = sessionEnds();
  for (let after = -1; ; ) {
    const rows = await look((prepare) => prepare(ROWS).all(after, PAGE) as Row[]);
    for (const { session_id, root_session_id, terminal, wp_id, updated_at, end_time } of rows) {
      const ended_at = terminal === null ? null : Date.parse(end_time ?? updated_at);
      sessions.know({ session_id, root_session_id, ended_at, wp_id });
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.n;
  }
  const unknown = await look((prepare) => readLog(prepare, sessions));
  if (!unknown) return sessions;
  // A run that was cut off, or a family that is kept longer, leaves the rest of a session whose creation is archived.
  await readArchives(path, await look(archivesOf), sessions);
  await look((prepare) => readLog(prepare, sessions));
  return sessions;
}

const archivesOf = (prepare: Prepare): string[] =>
  (prepare('SELECT file FROM event_archives ORDER BY first_seq').all() as { file: string }[]).map(
    ({ file }) => file,
  );

const TELLING: ReadonlySet<string> = new Set(['FR-EVT-SESS-001', 'FR-EVT-SESS-002', 'FR-EVT-SESS-SPAWN-002']);

/** An archive that is not there any more tells nothing: what only it could prove stays. */
async function readArchives(path: string, files: readonly string[], sessions: SessionEnds): Promise<void> {
  for (const named of files) {
    const file = archiveFile(path, named);
    if (!existsSync(file)) continue;
    for await (const record of archivedRecords(readArchiveFile(file))) {
      const event = eventOf(record);
      if (TELLING.has(event.fr_event_id)) sessions.observe(event);
    }
  }
}

/**
 * What a library has recorded without an engine; true if the end of a session cannot be told. One look-up per session,
 * however long its log is.
 */
function readLog(prepare: Prepare, sessions: SessionEnds): boolean {
  const alone: string[] = [];
  const next = prepare('SELECT min(model_session_id) AS id FROM events WHERE model_session_id > ?');
  const events = prepare(
    'SELECT body FROM events WHERE model_session_id = ? AND fr_event_id IN ' +
      "('FR-EVT-SESS-001', 'FR-EVT-SESS-002', 'FR-EVT-SESS-SPAWN-002') ORDER BY seq",
  );
  for (let { id } = next.get('') as { id: string | null }; id !== null; ) {
    if (!sessions.isStored(id)) {
      for (const { body } of events.all(id) as { body: string }[])
        sessions.observe(JSON.parse(body) as FlightRecorderEvent);
      alone.push(id);
    }
    ({ id } = next.get(id) as { id: string | null });
  }
  return alone.some((each) => sessions.treeOf(each) === undefined);
}
