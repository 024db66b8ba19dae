// What an operator does to one session: pause, resume, close, approve.
import { SessionPauseReason } from '../../generated/index.ts';
import { redactText } from '../../text/index.ts';
import { Refused } from '../decision.ts';
import type { Draft } from '../draft.ts';
import type { SessionRow } from '../rows.ts';
import { refuseTerminal, unhold, wake, winPlace } from '../schedule/enqueue.ts';
import { toolCallKey } from '../schedule/tool-calls.ts';
import { checkpoint } from './checkpoint.ts';
import { moveJob, settle } from './settle.ts';
import { completeIfDone } from './terminal.ts';

export interface Pause {
  session_id: string;
  reason: string;
}

/** Pauses this session alone (D-31). A running call goes on to its next boundary (D-07). */
export function pause(draft: Draft, input: Pause): void {
  const { session_id } = input;
  const known = SessionPauseReason.safeParse(input.reason);
  if (!known.success) {
    const expected = SessionPauseReason.options.join(', ');
    throw new Refused('invalid_request', `"${input.reason}" is no pause reason (expected ${expected})`);
  }
  const reason = known.data;
  const session = draft.session(session_id);
  refuseTerminal(session);
  if (session.running_job_id) {
    // At its boundary the run itself would tell of a recovery that never was (INV-RECOVER-003).
    if (reason === 'crash_recovery') {
      throw new Refused(
        'invalid_request',
        `session ${session_id} runs, so it is not paused for crash_recovery`,
      );
    }
    session.pause_requested = reason;
    checkpoint(draft, session);
    return;
  }
  winPlace(draft, session); // a paused child counts, an idle one does not (D-23)
  if (session.pause_reason !== 'crash_recovery') session.pause_reason = reason; // the next resume is a relaunch
  for (const job of draft.select('job', 'live', session_id)) {
    if (job.state === 'queued' && !job.held) draft.edit('job', job.job_id)!.held = true;
  }
  settle(draft, session, { actor: 'human' });
  checkpoint(draft, session);
}

export interface Resume {
  session_id: string;
  /** Who says that a session which goes on crashing may run once more. */
  approved_by?: string;
}

const HOUR_MS = 3_600_000;
const FREE_RELAUNCHES = 2;

/** Back to BLOCKED; ACTIVE follows by dispatch. Jobs that waited have kept their place. */
export function resume(draft: Draft, { session_id, approved_by }: Resume): void {
  const session = draft.session(session_id);
  refuseTerminal(session);
  if (session.pause_requested) {
    session.pause_requested = null;
    checkpoint(draft, session);
    return;
  }
  if (!session.pause_reason) throw new Refused('not_paused', `session ${session_id} is ${session.state}`);
  const by = approved_by === undefined ? null : redactText(approved_by);
  if (session.pause_reason === 'crash_recovery') relaunch(draft, session, by);
  session.pause_reason = null;
  for (const job of draft.select('job', 'live', session_id)) {
    if (job.state === 'stalled') {
      const stalled = draft.edit('job', job.job_id)!;
      moveJob(stalled, 'queued');
      stalled.held = true;
      stalled.queued_at = draft.now;
      stalled.approval = by;
      if (by !== null) stalled.approved_by = by;
    }
  }
  unhold(draft, session);
  settle(draft, session, { actor: 'human' });
  if (completeIfDone(draft, session, { actor: 'human' })) return;
  checkpoint(draft, session);
  wake(draft, session);
}

/** A session that crashes its process each time it runs is stopped by the third relaunch within an hour (E27). */
function relaunch(draft: Draft, session: SessionRow, approved_by: string | null): void {
  const recent = session.crash_resumes.filter((time) => time > draft.now - HOUR_MS);
  if (recent.length >= FREE_RELAUNCHES && approved_by === null) {
    throw new Refused(
      'approval_required',
      `session ${session.session_id} was resumed after a crash ${recent.length} times within an hour, expected an approval (resume with approved_by)`,
    );
  }
  session.crash_resumes = [...recent, draft.now].slice(-FREE_RELAUNCHES);
}

/** No more tasks: COMPLETED as soon as no job and no announcing child is left. */
export function close(draft: Draft, { session_id }: { session_id: string }): void {
  const session = draft.session(session_id);
  refuseTerminal(session);
  if (session.state === 'CREATED') {
    throw new Refused('illegal_transition', `session ${session_id} has run nothing; cancel it instead`);
  }
  session.closing = true;
  if (!completeIfDone(draft, session, { actor: 'human' })) checkpoint(draft, session);
}

export interface Approve {
  session_id: string;
  tool_call_id: string;
  by: string;
}

/** An approved job returns to the queue, since it needs a permit again (D-55). */
export function approve(draft: Draft, { session_id, tool_call_id, by }: Approve): void {
  const session = draft.session(session_id);
  refuseTerminal(session);
  const waiting = draft.select('job', 'live', session_id).find((job) => job.state === 'awaiting_user');
  if (!waiting || waiting.awaiting_tool_call_id !== tool_call_id) {
    throw new Refused(
      'invalid_request',
      `nothing in session ${session_id} waits for approval of ${tool_call_id}`,
    );
  }
  const job = draft.edit('job', waiting.job_id)!;
  moveJob(job, 'queued');
  job.approved_by = redactText(by);
  job.approval = job.approved_by;
  const key = toolCallKey(session_id, tool_call_id);
  if (draft.get('tool_call', key)?.state === 'pending')
    draft.edit('tool_call', key)!.approved_by = job.approved_by;
  job.queued_at = draft.now;
  job.held = true;
  unhold(draft, session);
  settle(draft, session, { actor: 'human' });
  checkpoint(draft, session);
}
