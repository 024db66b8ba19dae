import { redactText } from '../../text/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { identity, wellFormedName } from '../identity.ts';
import type { CascadeCancelRecord } from '../rows.ts';
import { completeParent } from '../session/terminal.ts';
import { announce } from './announce.ts';
import { actorOf, cascade } from './cascade.ts';

export interface Cancel {
  session_id: string;
  reason: string;
  by: string;
  op_id?: string;
}

/**
 * T8: a session and everything below it, in one transaction (INV-SPAWN-004). An operation id names one cancel of
 * one session: for another session it would report success and stop nothing.
 */
export function cancel(draft: Draft, { session_id, op_id, ...given }: Cancel): CascadeCancelRecord {
  const reason = redactText(given.reason);
  const by = redactText(given.by);
  const known = op_id === undefined ? undefined : draft.get('operation', wellFormedName(op_id));
  if (known && known.root_session_id !== session_id) {
    const other = `cancelled session ${known.root_session_id}`;
    throw new Refused('invalid_request', `op_id ${op_id} ${other}, expected session ${session_id}`);
  }
  if (known) return known;
  const root = draft.session(session_id);
  root.cancel_seq += 1;
  const wasLive = root.terminal === null;
  const record = cascade(draft, root, {
    op_id: op_id ?? identity.cancel(session_id, root.cancel_seq),
    reason,
    by,
  });
  // Somebody else cancelled it: a requester that lives on must not wait for ever (D-28).
  if (wasLive && root.announce_back) announce(draft, root, 'CANCELLED', { actor: actorOf(by), reason });
  completeParent(draft, root);
  return record;
}
