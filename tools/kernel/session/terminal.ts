// The consequences of an ending: completion, announce-back, descendants, and the parent that waited.

import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { SessionRow, Terminal } from '../rows.ts';
import { seat } from '../schedule/enqueue.ts';
import { announce } from '../spawn/announce.ts';
import { cascade } from '../spawn/cascade.ts';
import { finish } from './ending.ts';
import type { Cause } from './settle.ts';

/** T7: a session ends, tells its requester, and lets the requester end if that was all it waited for. */
export function endSession(
  draft: Draft,
  session: SessionRow,
  terminal: Exclude<Terminal, 'CANCELLED'>,
  cause: Cause,
): void {
  finish(draft, session, terminal, cause);
  if (terminal === 'COMPLETED') recordCompletion(draft, session, cause);
  if (session.announce_back) announce(draft, session, terminal, cause);
  if (terminal === 'FAILED' && draft.select('session', 'parent', session.session_id, 1).length > 0) {
    session.cancel_seq += 1;
    cascade(draft, session, {
      op_id: identity.cancel(session.session_id, session.cancel_seq),
      reason: 'parent_failed',
      by: 'system',
    });
  }
  completeParent(draft, session);
}

function recordCompletion(draft: Draft, session: SessionRow, cause: Cause): void {
  const { reason: _, ...envelope } = cause;
  draft.emit(
    'FR-EVT-SESS-003',
    { session, ...envelope },
    {
      session_id: session.session_id,
      total_tokens: session.total_tokens,
      total_cost_usd: session.total_cost_usd,
      duration_ms: Math.max(0, draft.now - Date.parse(session.created_at)),
      messages_count: session.messages_count,
    },
  );
}

/** COMPLETED needs a finished task, no live job and no announcing child (D-08). */
export function completeIfDone(draft: Draft, session: SessionRow, cause: Cause): boolean {
  const ready =
    session.closing && !session.terminal && !session.pause_reason && session.announcing_children === 0;
  if (!ready || draft.select('job', 'live', session.session_id, 1).length > 0) return false;
  if (session.state === 'CREATED' || session.revoked_job_ids.length > 0) return false; // its work is not done
  endSession(draft, session, 'COMPLETED', cause);
  return true;
}

export function completeParent(draft: Draft, session: SessionRow): void {
  if (session.parent_session_id === null) return;
  const parent = draft.session(session.parent_session_id);
  if (parent.closing) completeIfDone(draft, parent, { actor: 'system' });
}

/**
 * After a command: a place that it left free goes to a child that waits for one; if none does, the parent may have
 * waited for nothing else. A persistent child that rests has not ended, so nobody else tells its parent (D-08, D-23).
 */
export function passPlacesOn(draft: Draft): void {
  for (let [id] = draft.freed; id !== undefined; [id] = draft.freed) {
    draft.freed.delete(id);
    seat(draft, id);
    const parent = draft.get('session', id)!;
    if (parent.closing) completeIfDone(draft, draft.session(id), { actor: 'system' });
  }
}
