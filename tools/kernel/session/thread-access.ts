// Who may read whose thread (INV-SESS-005). Its own each session may; another's where the operator allows it.
import type { EventPayloads } from '../../generated/index.ts';
import { redactText } from '../../text/index.ts';
import { storeArtifact } from '../artifact.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { MessageRow, ThreadPermissionRow } from '../rows.ts';
import { type Boundary, stale } from '../schedule/boundary.ts';
import { currentRun, type Run, type RunKey } from '../schedule/current-run.ts';
import { addMessage, refuseTerminal } from '../schedule/enqueue.ts';
import { pairOf } from '../tables.ts';
import { closeSpan, openSpan } from './spans.ts';

export interface AllowThread {
  reader: string;
  session_id: string;
  by: string;
  /** RFC 3339; from then on it holds no more. */
  until?: string;
}

/** For one reader and one thread; no kinship stands in for it, and none of it is inherited. */
export function allowThread(draft: Draft, allowed: AllowThread): { permission_id: string } {
  const { reader, session_id, by, until } = allowed;
  refuseTerminal(draft.session(reader));
  if (!draft.get('session', session_id)) {
    throw new Refused('session_not_found', `no session has the id ${session_id}`);
  }
  if (reader === session_id) {
    throw new Refused('invalid_request', `session ${reader} reads its own thread without a permission`);
  }
  if (until !== undefined && Date.parse(until) <= draft.now) {
    throw new Refused('invalid_request', `until is ${until}, expected a time after ${draft.time}`);
  }
  const permission_id = draft.newId();
  draft.put('permission', {
    permission_id,
    reader_session_id: reader,
    session_id,
    allowed_by: redactText(by),
    allowed_at: draft.time,
    until: until ?? null,
    revoked_at: null,
    revoked_by: null,
  });
  return { permission_id };
}

/** What was read was read; from now on nothing is. Revoking twice changes nothing. */
export function revokeThread(
  draft: Draft,
  { permission_id, by }: { permission_id: string; by: string },
): void {
  const permission = draft.edit('permission', permission_id);
  if (!permission) throw new Refused('invalid_request', `no permission has the id ${permission_id}`);
  if (permission.revoked_at !== null) return;
  permission.revoked_at = draft.time;
  permission.revoked_by = redactText(by);
}

/** What the log and the spans call an access. */
const READ_THREAD = 'session.read_thread';

export interface ReadThread extends RunKey {
  session_id: string;
}

/**
 * The thread, or a refusal. Both are on record before anybody sees a message (11.5.2.1), in the one transaction that
 * looked for the permission: none can be revoked between the look and the record.
 */
export function readThread(
  draft: Draft,
  { session_id, ...key }: ReadThread,
): Boundary & { allowed: boolean; messages: MessageRow[] } {
  const run = currentRun(draft, key);
  if (!run) return { ...stale, allowed: false, messages: [] };
  const reader = run.session;
  const boundary = { fenced: false, pause: reader.pause_requested !== null };
  const own = session_id === reader.session_id;
  const permission = own ? null : permissionFor(draft, reader.session_id, session_id);
  const allowed = own || permission !== null;
  const messages = allowed ? draft.select('message', 'session', session_id) : [];
  if (!own) record(draft, run, session_id, permission, messages);
  return { ...boundary, allowed, messages };
}

function permissionFor(draft: Draft, reader: string, session: string): ThreadPermissionRow | null {
  const open = draft.select('permission', 'open', pairOf(reader, session));
  return open.find(({ until }) => until === null || draft.now < Date.parse(until)) ?? null;
}

/** Like any tool call: a span, FR-EVT-007, and call and result in the reader's own thread (INV-PROV-001). */
function record(
  draft: Draft,
  { session: reader, job }: Run,
  session_id: string,
  permission: ThreadPermissionRow | null,
  messages: readonly MessageRow[],
): void {
  const tool_call_id = draft.newId();
  const ok = permission !== null;
  const args = storeArtifact(draft, { session_id });
  const result = storeArtifact(draft, ok ? messages.map(referenceTo) : { error: 'thread_denied' });
  const span_id = identity.toolSpan(job.attempt_span_id!, tool_call_id);
  const envelope = { actor: 'agent' as const, job_id: job.job_id, activity_span_id: span_id };
  openSpan(draft, reader, {
    span_id,
    kind: 'tool_call',
    name: READ_THREAD,
    parent_span_id: job.attempt_span_id,
    job,
  });
  const called = { content_hash: args.sha256, content_artifact_id: args.artifact_id, tool_call_id };
  addMessage(draft, reader, { role: 'TOOL_CALL', ...called }, envelope);
  closeSpan(draft, span_id, ok ? 'completed' : 'failed');
  const payload: EventPayloads['FR-EVT-007'] = {
    tool_call_id,
    tool_id: READ_THREAD,
    tool_version: '1.0.0',
    transport: 'local',
    side_effect: 'READ',
    idempotency: 'IDEMPOTENT',
    idempotency_key: null,
    actor: { kind: 'agent', agent_id: reader.session_id, model_id: reader.model_id },
    ok,
    args_ref: args.artifact_id,
    args_hash: args.sha256,
    result_ref: result.artifact_id,
    result_hash: result.sha256,
    error: ok
      ? null
      : {
          code: 'thread_denied',
          kind: 'policy',
          message: 'the operator has not allowed it',
          retryable: false,
        },
    timing: { started_at: draft.time, ended_at: draft.time, duration_ms: 0 },
    resources_touched: { urls: [`session:${session_id}/thread`] },
    parent_span_id: job.attempt_span_id,
  };
  const approval = permission ? { policy_decision_id: permission.permission_id } : {};
  draft.emit('FR-EVT-007', { session: reader, ...envelope, ...approval }, payload);
  const answered = { content_hash: result.sha256, content_artifact_id: result.artifact_id, tool_call_id };
  addMessage(draft, reader, { role: 'TOOL_RESULT', ...answered }, envelope);
}

const referenceTo = ({ message_id, role, content_hash, content_artifact_id }: MessageRow) => ({
  message_id,
  role,
  content_hash,
  content_artifact_id,
});
