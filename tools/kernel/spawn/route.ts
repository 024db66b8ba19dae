import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { SessionRow } from '../rows.ts';
import { type Boundary, stale } from '../schedule/boundary.ts';
import { currentRun, type RunKey } from '../schedule/current-run.ts';
import { deliver } from './inbox.ts';

export interface Route extends RunKey {
  /** Which message of the job this is; a retry sends none of them twice. */
  name: string;
  to_session_id: string;
  content_hash: string;
  content_artifact_id: string;
}

/**
 * A message from a run. Its source is the session of that run, which nobody has to claim: this is the one way in
 * which a message from another session is trusted (TRUST-002).
 */
export function route(draft: Draft, message: Route): Boundary & { message_id: string | null } {
  const run = currentRun(draft, message);
  if (!run) return { ...stale, message_id: null };
  const { session: sender } = run;
  const { to_session_id, content_hash, content_artifact_id } = message;
  if (!related(sender, draft.get('session', to_session_id))) {
    const found = `session ${to_session_id} is neither parent nor child of ${sender.session_id}`;
    throw new Refused('invalid_request', `${found}, expected one of them`);
  }
  const message_id = identity.sent(sender.session_id, message.name);
  if (!draft.get('message', message_id)) {
    deliver(draft, to_session_id, {
      message_id,
      content_hash,
      content_artifact_id,
      provenance: {
        source_session_id: sender.session_id,
        source_role: sender.role,
        content_hash,
        trusted: true,
      },
      actor: 'agent',
    });
  }
  return { fenced: false, pause: sender.pause_requested !== null, message_id };
}

/** A run speaks to whom it works for and to whom works for it. A stranger's session is none of its business. */
function related(sender: SessionRow, other: SessionRow | undefined): boolean {
  if (!other) return false;
  return other.parent_session_id === sender.session_id || sender.parent_session_id === other.session_id;
}
