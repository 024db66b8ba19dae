import type { AnnounceBackSummary, RoleMailboxBody } from '../../generated/index.ts';
import { storeArtifact } from '../artifact.ts';
import type { Draft, Envelope } from '../draft.ts';
import { identity } from '../identity.ts';
import type { Outcome, SessionRow, Terminal } from '../rows.ts';
import { wake } from '../schedule/enqueue.ts';
import type { Cause } from '../session/settle.ts';
import { postLetter } from './letter.ts';

/**
 * Announce-back (D-28, D-29): summary and body as artifacts, a row in the requester's mailbox, two events, and
 * one wake-up, all in the transaction that ends the task. A row cannot be lost and its key cannot repeat. What the
 * child's runs have handed on goes with it, once. Letter and event name the run that ended with it, if one did: from
 * there a timeline draws its line to the run that reads the letter (11.9.1.X.2).
 */
export function announce(
  draft: Draft,
  child: SessionRow,
  status: Terminal,
  { reason: error = null, job_id, activity_span_id }: Cause,
): void {
  if (child.parent_session_id === null) return;
  const requester = draft.session(child.parent_session_id);
  if (status === 'CANCELLED' && requester.terminal) return;
  child.announce_seq += 1;
  const outcome = child.outcome ?? {};
  child.outcome = null;
  const summary = storeArtifact(draft, summaryOf(child, requester, status, error, outcome));
  const letter: RoleMailboxBody = {
    schema_version: 'hsk.role_mailbox_body@0.5',
    text: `${child.session_id} ${status}`,
    summary: null,
    artifacts: [{ ref: summary.artifact_id, sha256: summary.sha256, role: 'output' }],
    mt_context: null,
    suggested_actions: outcome.next_steps ?? [],
  };
  child.announced_tokens = child.total_tokens;
  child.announced_cost_usd = child.total_cost_usd;
  child.announced_at = draft.time;
  const envelope: Omit<Envelope, 'session'> = {
    actor: 'agent',
    ...(job_id === undefined ? {} : { job_id }),
    ...(activity_span_id === undefined ? {} : { activity_span_id }),
  };
  const message_id = identity.announcement(child.session_id, child.announce_seq);
  postLetter(draft, child, requester, {
    message_id,
    idempotency_key: identity.announceKey(child.session_id, child.announce_seq),
    message_type: 'SessionAnnounceBack',
    body: letter,
    attachments: [summary.artifact_id],
    envelope,
    announces: status,
  });
  requester.inbox_announced = requester.inbox_seq;
  draft.emit(
    'FR-EVT-SESS-SPAWN-004',
    { session: child, ...envelope },
    {
      child_session_id: child.session_id,
      requester_session_id: requester.session_id,
      status,
      summary_artifact_id: summary.artifact_id,
      mailbox_message_id: message_id,
    },
  );
  wake(draft, requester);
}

function summaryOf(
  child: SessionRow,
  requester: SessionRow,
  status: Terminal,
  error: string | null,
  outcome: Outcome,
): AnnounceBackSummary {
  const cost = child.total_cost_usd;
  return {
    schema_version: 'hsk.session_summary@0.1',
    child_session_id: child.session_id,
    requester_session_id: requester.session_id,
    announce_seq: child.announce_seq,
    status,
    key_outputs: outcome.key_outputs ?? [],
    error,
    total_tokens: child.total_tokens - child.announced_tokens,
    total_cost_usd: cost === null ? null : cost - (child.announced_cost_usd ?? 0),
    next_steps: outcome.next_steps ?? [],
  };
}
