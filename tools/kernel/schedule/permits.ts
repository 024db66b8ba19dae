import type { Draft } from '../draft.ts';
import type { CallRow, JobRow } from '../rows.ts';

type Wanted = Pick<JobRow, 'lane' | 'provider' | 'model_id' | 'concurrency_group'>;

/** Whether one more provider call fits all the limits that count running calls (D-10, D-11, D-13). */
export function permitFree(draft: Draft, calls: readonly CallRow[], wanted: Wanted): boolean {
  const { scheduler } = draft.rules;
  const global = scheduler.max_concurrent_sessions_global;
  if (calls.length >= global) return false;
  if (wanted.lane !== 'PRIMARY' && global >= 2) {
    const others = calls.filter((call) => call.lane !== 'PRIMARY').length;
    if (others >= global - 1) return false; // one permit waits for PRIMARY (INV-SCHED-005)
  }
  const quota = scheduler.quotas[wanted.lane];
  if (quota !== null && calls.filter((call) => call.lane === wanted.lane).length >= quota) return false;
  const perProvider = scheduler.max_concurrent_sessions_per_provider;
  if (calls.filter((call) => call.provider === wanted.provider).length >= perProvider) return false;
  const group = wanted.concurrency_group;
  if (group !== null && calls.filter((call) => call.group === group).length >= perProvider) return false;
  const sameModel = calls.filter(
    (call) => call.provider === wanted.provider && call.model_id === wanted.model_id,
  );
  return sameModel.length < scheduler.max_concurrent_sessions_per_model;
}

export const runningCalls = (draft: Draft): CallRow[] => draft.select('call', 'running', 'running');

export function takePermit(draft: Draft, job: JobRow): void {
  draft.put('call', {
    job_id: job.job_id,
    session_id: job.session_id,
    run_epoch: job.run_epoch,
    lane: job.lane,
    provider: job.provider,
    model_id: job.model_id,
    group: job.concurrency_group,
  });
}

/** Gives a permit back once its call has really ended (D-14); a stale epoch has none to give. */
export function releasePermit(draft: Draft, job_id: string, run_epoch: number): void {
  if (draft.get('call', job_id)?.run_epoch === run_epoch) draft.remove('call', job_id);
}
