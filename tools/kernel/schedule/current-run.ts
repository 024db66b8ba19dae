import type { Draft, Envelope } from '../draft.ts';
import type { JobRow, SessionRow } from '../rows.ts';
import { wasActive } from '../session/activity.ts';

/** A run is named by its job and the epoch of its dispatch; an older epoch may change nothing (FM-24). */
export interface RunKey {
  job_id: string;
  run_epoch: number;
}

/** What an event of a run belongs to besides its session; nothing where the run is over. */
export function spanOfRun(
  draft: Draft,
  { job_id, run_epoch }: RunKey,
): Pick<Envelope, 'job_id' | 'activity_span_id'> {
  const job = draft.get('job', job_id);
  if (job?.state !== 'running' || job.run_epoch !== run_epoch) return {};
  return { job_id, activity_span_id: job.attempt_span_id };
}

export interface Run {
  job: JobRow;
  session: SessionRow;
  envelope: Omit<Envelope, 'session'>;
}

/** The run, if it is still its session's. That it says something shows that it lives (D-43). */
export function currentRun(draft: Draft, { job_id, run_epoch }: RunKey): Run | null {
  const job = draft.get('job', job_id);
  if (job?.state !== 'running' || job.run_epoch !== run_epoch) return null;
  const session = draft.session(job.session_id);
  wasActive(draft, session);
  return {
    job,
    session,
    envelope: { actor: 'agent', job_id, activity_span_id: job.attempt_span_id },
  };
}
