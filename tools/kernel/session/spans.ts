import type { Draft } from '../draft.ts';
import type { JobRow, SessionRow, SpanRow } from '../rows.ts';

/**
 * The innermost span of its session that a job's event belongs to: the attempt while it runs, the job between its
 * attempts, none before the first dispatch opens one.
 */
export function activityOf(job: Pick<JobRow, 'state' | 'span_id' | 'attempt_span_id'>): string | null {
  if (job.attempt_span_id === null) return null;
  return job.state === 'running' ? job.attempt_span_id : job.span_id;
}

type NewSpan = Pick<SpanRow, 'span_id' | 'kind' | 'parent_span_id'> & { job?: JobRow; name?: string };

/** Opens a span in the transaction that begins what it stands for (D-38). */
export function openSpan(draft: Draft, session: SessionRow, span: NewSpan): void {
  draft.put('span', {
    span_id: span.span_id,
    kind: span.kind,
    name: span.name ?? null,
    session_id: session.session_id,
    parent_span_id: span.parent_span_id,
    job_id: span.job?.job_id ?? null,
    model_id: session.model_id,
    start_time: session.updated_at,
    end_time: null,
    status: null,
    token_count: span.kind === 'attempt' ? 0 : null,
    cost_usd: null,
  });
}

/** Closes a span; closing twice changes nothing, since a span is never reopened. */
export function closeSpan(
  draft: Draft,
  span_id: string,
  status: string,
  stored = draft.get('span', span_id),
): void {
  if (!stored || stored.end_time !== null) return;
  const span = draft.edit('span', span_id, stored)!;
  // Of the session, whose time never goes back: a child ends inside its parent whatever the clock does (FM-25).
  span.end_time = draft.get('session', span.session_id)!.updated_at;
  span.status = status;
  if (span.kind !== 'attempt') return;
  // A tool that ignores the signal must not outlive the attempt that called it (engine.md 3.3).
  for (const inside of draft.select('span', 'open', span.session_id)) {
    if (inside.parent_span_id !== span_id) continue;
    closeSpan(draft, inside.span_id, status === 'cancelled' ? status : 'interrupted');
  }
}

/** A session that has ended leaves no span open, whatever was still running in it. */
export function closeSpansOf(draft: Draft, session: SessionRow, status: string): void {
  for (const span of draft.select('span', 'open', session.session_id)) {
    closeSpan(draft, span.span_id, status, span);
  }
}
