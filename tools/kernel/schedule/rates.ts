import type { Draft } from '../draft.ts';
import type { BucketRow, JobRow } from '../rows.ts';
import { activityOf } from '../session/spans.ts';

/** One request or token, in the buckets' unit: a limit of n per minute then refills n units per millisecond. */
const unit = 60_000;

/** How long the provider has to be left alone, in milliseconds; 0 = a call may start now. */
export function rateWait(draft: Draft, provider: string): number {
  const bucket = refilled(draft, provider);
  if (!bucket) return 0;
  const { rate_limit_requests_per_minute: requests, rate_limit_tokens_per_minute: tokens } =
    draft.rules.scheduler;
  const forRequest = requests === null ? 0 : Math.ceil((unit - bucket.requests) / requests);
  const forTokens = tokens === null ? 0 : Math.ceil((unit - bucket.tokens) / tokens);
  return Math.max(0, forRequest, forTokens);
}

/** Takes one request out of the bucket. */
export function takeRequest(draft: Draft, provider: string): void {
  const bucket = refilled(draft, provider);
  if (!bucket) return;
  draft.put('bucket', { ...bucket, requests: bucket.requests - unit, denied_until: null, attempt: 0 });
}

/** Tokens are known only afterwards; a bucket may go into debt and then refuses until it is paid. */
export function takeTokens(draft: Draft, provider: string, tokens: number): void {
  const bucket = refilled(draft, provider);
  if (bucket) draft.put('bucket', { ...bucket, tokens: bucket.tokens - tokens * unit });
}

/** Records a refusal, once for each window in which the rate limit refuses (D-15, INV-SCHED-003). */
export function refuse(draft: Draft, job: JobRow, backoff_ms: number): void {
  const bucket = refilled(draft, job.provider)!;
  if (bucket.denied_until !== null && draft.now < bucket.denied_until) return;
  const attempt = bucket.attempt + 1;
  draft.put('bucket', { ...bucket, denied_until: draft.now + backoff_ms, attempt });
  const session = draft.get('session', job.session_id)!;
  draft.emit(
    'FR-EVT-SESS-SCHED-003',
    { session, actor: 'system', job_id: job.job_id, activity_span_id: activityOf(job) },
    { session_id: session.session_id, job_id: job.job_id, provider: job.provider, backoff_ms, attempt },
  );
}

function refilled(draft: Draft, provider: string): BucketRow | undefined {
  const { rate_limit_requests_per_minute: requests, rate_limit_tokens_per_minute: tokens } =
    draft.rules.scheduler;
  if (requests === null && tokens === null) return undefined;
  const full = { requests: (requests ?? 0) * unit, tokens: (tokens ?? 0) * unit };
  const stored = draft.get('bucket', provider);
  if (!stored) return { provider, ...full, at: draft.now, denied_until: null, attempt: 0 };
  // A clock that steps back refills nothing and takes nothing (FM-25).
  const passed = Math.max(0, draft.now - stored.at);
  return {
    ...stored,
    requests: Math.min(full.requests, stored.requests + passed * (requests ?? 0)),
    tokens: Math.min(full.tokens, stored.tokens + passed * (tokens ?? 0)),
    at: Math.max(stored.at, draft.now),
  };
}
