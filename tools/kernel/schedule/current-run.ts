import type { Draft, Envelope } from '../draft.ts';
import type { JobRow, SessionRow } from '../rows.ts';

/** A run is named by its job and the epoch of its dispatch; an older epoch may change nothing (FM-24). */
export interface RunKey {
  job_id: string;
  run_epoch: number;
}

interface Run {
  job: JobRow;
  session: SessionRow;
  envelope: Omit<Envelope, 'session'>;
}

/** The run, if it is still its session's. That it says something shows that it lives (D-43). */
export function currentRun(draft: Draft, { job_id, run_epoch }: RunKey): Run | null {
  const job = draft.get('job', job_id);
  if (job?.state !== 'running' || job.run_epoch !== run_epoch) return null;
  const session = draft.session(job.session_id);
  session.run_seen_at = draft.now;
  return {
    job,
    session,
    envelope: { actor: 'agent', job_id, activity_span_id: job.attempt_span_id },
  };
}
