// The invariants of permits and rates: what counts running calls, whoever holds them (INV-SCHED-001, -005, D-11).
import type { Rows, Rules } from '../../tools/kernel/index.ts';
import type { Looking } from './session-faults.ts';

type Call = Rows['call'];

/** All running calls against every limit, and each against the run that it belongs to. */
export function permitFaults({ view, rules, report }: Looking): void {
  const calls = view.select('call', 'running', 'running');
  const { scheduler } = rules;
  const global = scheduler.max_concurrent_sessions_global;
  const within = (what: string, found: number, limit: number | null): void => {
    if (limit !== null && found > limit)
      report('permits', `${found} calls of ${what}, the limit is ${limit}`);
  };
  within('all', calls.length, global);
  const others = calls.filter((call) => call.lane !== 'PRIMARY').length;
  if (global >= 2) within('lanes other than PRIMARY', others, global - 1);
  const each = (
    what: string,
    nameOf: (call: Call) => string | null,
    limitOf: (name: string) => number | null,
  ) => {
    const counts = new Map<string, number>();
    for (const call of calls) {
      const name = nameOf(call);
      if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of counts) within(`${what} ${name}`, count, limitOf(name));
  };
  each(
    'lane',
    (call) => call.lane,
    (lane) => scheduler.quotas[lane as Call['lane']],
  );
  const perProvider = scheduler.max_concurrent_sessions_per_provider;
  each(
    'provider',
    (call) => call.provider,
    () => perProvider,
  );
  each(
    'group',
    (call) => call.group,
    () => perProvider,
  );
  const perModel = scheduler.max_concurrent_sessions_per_model;
  each(
    'model',
    (call) => `${call.provider} ${call.model_id}`,
    () => perModel,
  );
  for (const call of calls) {
    const job = view.get('job', call.job_id);
    const runs = job?.state === 'running' && job.run_epoch === call.run_epoch;
    // A cancelled call keeps its permit until it has really unwound (D-14).
    const unwinds = job?.state === 'cancelled' && job.run_epoch === call.run_epoch;
    if (!runs && !unwinds)
      report(
        'permits',
        `a permit of ${call.job_id} is left, epoch ${call.run_epoch}; its job is ${job?.state}`,
      );
  }
}

/** A bucket is never fuller than its limit, and no request was taken that was not there. */
export function bucketFaults(rules: Rules, bucket: Rows['bucket']): string | null {
  const { rate_limit_requests_per_minute: requests, rate_limit_tokens_per_minute: tokens } = rules.scheduler;
  const unit = 60_000;
  const most = { requests: (requests ?? 0) * unit, tokens: (tokens ?? 0) * unit };
  if (bucket.requests > most.requests || bucket.tokens > most.tokens)
    return `the bucket of ${bucket.provider} holds ${bucket.requests} and ${bucket.tokens}`;
  if (requests !== null && bucket.requests < 0)
    return `${bucket.provider} was asked more often than it may be`;
  return null;
}
