import { createHash } from 'node:crypto';
import type { Database } from '../../../tools/engine/store/sqlite-driver.ts';
import { tables } from '../../../tools/kernel/index.ts';

/** Everything in a database as one hash: two with the same hash go on in the same way. */
export function contentsOf(database: Database): string {
  const hash = createHash('sha256');
  const names = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  for (const { name } of names as { name: string }[]) {
    hash.update(`${name}\n`);
    const columns = name === tables.boot.sql ? 'key' : '*'; // the rest is the number of a process
    for (const row of database.prepare(`SELECT ${columns} FROM ${name} ORDER BY 1`).all())
      hash.update(`${JSON.stringify(Object.values(row as object))}\n`);
  }
  return hash.digest('hex');
}

const same = (event: string) =>
  `(SELECT count(*) FROM events WHERE json_extract(body, '$.fr_event_id') = '${event}')`;
const last = `coalesce((SELECT json_extract(e.body, '$.payload.to_state') FROM events e
  WHERE e.model_session_id = s.key AND json_extract(e.body, '$.fr_event_id') = 'FR-EVT-SESS-002'
  ORDER BY e.seq DESC LIMIT 1), 'CREATED')`;

/** Pairs that are equal after every transaction: rows there, and what the events say. */
const agreements: Record<string, string> = {
  'events and the last number': 'SELECT count(*) AS a, coalesce(max(seq), 0) AS b FROM events',
  'sessions and SESS-001': `SELECT count(*) AS a, ${same('FR-EVT-SESS-001')} AS b FROM model_sessions`,
  'jobs and SCHED-001': `SELECT count(*) AS a, ${same('FR-EVT-SESS-SCHED-001')} AS b FROM model_run_jobs`,
  'messages and SESS-004': `SELECT count(*) AS a, ${same('FR-EVT-SESS-004')} AS b FROM session_messages`,
  'letters and MAILBOX-001': `SELECT count(*) AS a, ${same('FR-EVT-GOV-MAILBOX-001')} AS b FROM mailbox_messages`,
  'announcements and SPAWN-004': `SELECT count(*) AS a, ${same('FR-EVT-SESS-SPAWN-004')} AS b FROM mailbox_messages WHERE json_extract(body, '$.message_type') = 'SessionAnnounceBack'`,
  'children and SPAWN-002': `SELECT count(v_parent) AS a, ${same('FR-EVT-SESS-SPAWN-002')} AS b FROM model_sessions`,
  'requests and SPAWN-001': `SELECT count(*) AS a, ${same('FR-EVT-SESS-SPAWN-001')} AS b FROM spawn_requests`,
  'attempts and SCHED-002': `SELECT count(*) AS a, ${same('FR-EVT-SESS-SCHED-002')} AS b FROM spans WHERE json_extract(body, '$.kind') = 'attempt'`,
  'states and SESS-002': `SELECT count(*) AS a, sum(json_extract(s.body, '$.state') = ${last}) AS b FROM model_sessions s`,
};

/** Every artifact that a row or an event names. */
export function namedArtifacts(database: Database): Set<string> {
  const named = new Set<string>();
  for (const table of ['events', ...Object.values(tables).map(({ sql }) => sql)])
    for (const { body } of database.prepare(`SELECT body FROM ${table}`).all() as { body: string }[])
      for (const [id] of body.matchAll(/sha256:[0-9a-f]{64}/g)) named.add(id);
  return named;
}

/** What in a database contradicts itself, at the cost of a few queries. */
export function contradictions(database: Database): string[] {
  const found: string[] = [];
  for (const [name, sql] of Object.entries(agreements)) {
    const { a, b } = database.prepare(sql).get() as { a: number; b: number | null };
    if (a !== (b ?? 0)) found.push(`${name}: ${a} and ${b}`);
  }
  return found;
}
