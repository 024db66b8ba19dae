// What a session needs to be taken up again by a process that knows nothing of it, as one artifact (4.3.9.19).
import type { SessionCheckpoint } from '../../generated/index.ts';
import { storeArtifact } from '../artifact.ts';
import type { Draft } from '../draft.ts';
import { identity } from '../identity.ts';
import type { SessionRow } from '../rows.ts';
import { currentRun, type RunKey } from '../schedule/current-run.ts';
import { toolCallRecord } from '../schedule/tool-calls.ts';
import { sessionRecord } from './record.ts';

/**
 * The content of a checkpoint's artifact. The record's own `checkpoint_artifact_id` is not in it, since no content
 * can hold its own hash: who reads the artifact puts the id there under which it was found. The id inside
 * `session_state` is that of the checkpoint before, so that checkpoints are a chain.
 */
export type CheckpointContent = Omit<SessionCheckpoint, 'checkpoint_artifact_id'>;

/** Keeps the session as it is now. The artifact is durable before the commit that names it. */
export function checkpoint(draft: Draft, session: SessionRow): void {
  session.checkpoint_seq += 1;
  const content: CheckpointContent = {
    checkpoint_id: identity.checkpoint(session.session_id, session.checkpoint_seq),
    session_id: session.session_id,
    timestamp: draft.time,
    session_state: sessionRecord(session),
    message_thread_tail_id: session.thread_tail_id,
    pending_tool_calls: draft.select('tool_call', 'pending', session.session_id).map(toolCallRecord),
  };
  session.checkpoint_artifact_id = storeArtifact(draft, content).artifact_id;
  session.last_checkpoint_at = draft.time;
  session.checkpoint_epoch = session.run_epoch;
  session.checkpoint_messages = session.messages_count;
  session.checkpoint_tokens = session.total_tokens;
}

/** Whether there is anything to lose. A session that was only created or queued has nothing, and costs no artifact. */
export const hasNews = (session: SessionRow): boolean =>
  session.run_epoch !== session.checkpoint_epoch ||
  session.messages_count !== session.checkpoint_messages ||
  session.total_tokens !== session.checkpoint_tokens;

/** During a stream: so many messages or so many tokens, whichever comes first. */
export function checkpointDue(draft: Draft, session: SessionRow): boolean {
  const { messages, tokens } = draft.rules.checkpoints;
  return (
    session.messages_count - session.checkpoint_messages >= messages ||
    session.total_tokens - session.checkpoint_tokens >= tokens
  );
}

/** What a run asks for when it has booked tokens: its text goes into the thread first, so that the tail is true. */
export function checkpointRun(draft: Draft, key: RunKey): void {
  const run = currentRun(draft, key);
  if (run && checkpointDue(draft, run.session)) checkpoint(draft, run.session);
}
