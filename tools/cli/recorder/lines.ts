// The lines that a query prints, and a check reads back.
import type { SessionSummary } from '../../engine/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { EventQuery, StoredEvent } from '../../recorder/index.ts';
import type { Call } from '../command.ts';
import type { EventSource } from './files.ts';

/** An event with its place. One of a kind that this version does not know says so: its shape is not ours to judge. */
export const eventLine = ({ seq, event, unknown }: StoredEvent): string =>
  JSON.stringify({ seq, ...(unknown && { unknown }), ...event });

/** What asks for sessions, and so for their spans. */
const OF_SESSIONS = ['session', 'tree', 'role', 'model', 'wp'];
const BESIDE = [...OF_SESSIONS, 'db', 'root', 'spec'];

/** Spans of a part of the events would not pair with them. */
export function refuseBesideSpans(call: Call): void {
  if (call.args.length > 0)
    throw new UsageError('--spans: expected no FILE beside it, files have their span lines');
  const [other] = Object.keys(call.values).filter((name) => !BESIDE.includes(name));
  if (other !== undefined)
    throw new UsageError(`--spans: expected no --${other} beside it, only --${OF_SESSIONS.join(', --')}`);
}

/** The spans of the sessions that a query asks for, a line each, `span` saying of which kind. */
export async function* spanLines(log: EventSource, query: EventQuery): AsyncGenerator<string> {
  const sessions = new Map((await log.sessions()).map((session) => [session.session_id, session]));
  for await (const { kind, ...row } of log.spans()) {
    const session = sessions.get(row.session_id);
    if (session && isAsked(session, query, sessions)) yield JSON.stringify({ span: kind, ...row });
  }
}

function isAsked(
  session: SessionSummary,
  query: EventQuery,
  sessions: ReadonlyMap<string, SessionSummary>,
): boolean {
  if (query.model_session_id !== undefined && session.session_id !== query.model_session_id) return false;
  if (query.tree !== undefined && !isBelow(session, query.tree, sessions)) return false;
  return (['role', 'model_id', 'wp_id'] as const).every(
    (field) => query[field] === undefined || session[field] === query[field],
  );
}

function isBelow(
  session: SessionSummary,
  tree: string,
  sessions: ReadonlyMap<string, SessionSummary>,
): boolean {
  for (let at: SessionSummary | undefined = session; at; at = sessions.get(at.parent_session_id ?? ''))
    if (at.session_id === tree) return true;
  return false;
}
