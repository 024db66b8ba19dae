// Notices of progress to the direct requester (D-30). They are read in order with the announcements and wake nobody.
import type { RoleMailboxBody } from '../../generated/index.ts';
import type { Draft, Envelope } from '../draft.ts';
import { identity } from '../identity.ts';
import type { MailboxRow, SessionRow } from '../rows.ts';
import { postLetter } from './letter.ts';

/**
 * A notice waits to be read alone: a newer one of the same child is dropped, unless it is more urgent. So a chatty
 * child leaves one letter, and no child ever more than three.
 */
export const urgency = { progress: 1, change: 2, stop: 3 } as const;

interface Notice {
  urgency: (typeof urgency)[keyof typeof urgency];
  headline: string;
  said?: string;
  envelope: Omit<Envelope, 'session'>;
}

/** Why somebody may have to act before the session goes on; null = it goes on by itself. */
export function standingOf({ state, blocked_on, pause_reason }: SessionRow): string | null {
  if (state === 'PAUSED') return `PAUSED (${pause_reason})`;
  const waits = blocked_on === 'gate' || blocked_on === 'consent' || blocked_on === 'merge_conflict';
  return waits ? `BLOCKED (${blocked_on})` : null;
}

/** Whom notices of a session go to: a requester that lives and waits for its announcement. */
export function listener(draft: Draft, child: SessionRow): SessionRow | null {
  if (child.parent_session_id === null || !child.announce_back) return null;
  return draft.get('session', child.parent_session_id)!;
}

/** After a change of state: tells what stands otherwise than was told last, or that an attempt has failed. */
export function noticeState(
  draft: Draft,
  child: SessionRow,
  failedAttempt: boolean,
  { job_id, activity_span_id }: Omit<Notice['envelope'], 'actor'>,
): void {
  const changed = standingOf(child) !== child.notice_standing;
  if (child.terminal || !(changed || failedAttempt)) return;
  if (listener(draft, child)?.terminal !== null) return;
  const notice = changed ? change(child) : failure(draft, child);
  const about = {
    ...(job_id === undefined ? {} : { job_id }),
    ...(activity_span_id === undefined ? {} : { activity_span_id }),
  };
  tell(draft, child, { ...notice, envelope: { ...notice.envelope, ...about } });
}

function change(child: SessionRow): Notice {
  const standing = standingOf(child);
  const headline = standing ?? 'resumed';
  return { urgency: standing ? urgency.stop : urgency.change, headline, envelope: { actor: 'system' } };
}

function failure(draft: Draft, { session_id }: SessionRow): Notice {
  const job = draft.select('job', 'live', session_id, 1)[0]!; // jobs of a session run in their order
  const again = new Date(job.not_before!).toISOString();
  return {
    urgency: urgency.change,
    headline: `attempt ${job.attempt} failed, the next one is due at ${again}`,
    said: job.error!,
    envelope: { actor: 'system' },
  };
}

/**
 * A requester that takes its inbox must not believe a notice that is no longer so: what was dropped because that one
 * was unread comes right behind it.
 */
export function catchUp(draft: Draft, unread: readonly MailboxRow[]): void {
  for (const { from_session_id } of unread) {
    const child = draft.get('session', from_session_id)!;
    if (child.terminal || standingOf(child) === child.notice_standing) continue;
    place(draft, draft.session(from_session_id), change(child));
  }
}

/** Places a notice, or answers that an unread one of the same child is as urgent. */
export function tell(draft: Draft, child: SessionRow, notice: Notice): boolean {
  const { inbox_cursor } = draft.get('session', child.parent_session_id!)!;
  const unread = child.notice_place > inbox_cursor;
  if (unread && notice.urgency <= child.notice_urgency) return false;
  place(draft, child, notice);
  return true;
}

function place(draft: Draft, child: SessionRow, notice: Notice): void {
  const requester = draft.session(child.parent_session_id!);
  child.notice_seq += 1;
  postLetter(draft, child, requester, {
    message_id: identity.notice(child.session_id, child.notice_seq),
    idempotency_key: identity.noticeKey(child.session_id, child.notice_seq),
    message_type: 'FYI',
    body: bodyOf(child, notice),
    attachments: [],
    envelope: notice.envelope,
  });
  child.notice_place = requester.inbox_seq;
  child.notice_urgency = notice.urgency;
  child.notice_standing = standingOf(child);
}

function bodyOf(child: SessionRow, { headline, said }: Notice): RoleMailboxBody {
  const { state, blocked_on, pause_reason, runs, total_tokens, total_cost_usd, last_activity_at } = child;
  const why = blocked_on ?? pause_reason;
  const lines = [
    `session: ${child.session_id}`,
    `state: ${state}${why === null ? '' : ` (${why})`}`,
    `runs: ${runs}`,
    `tokens: ${total_tokens}`,
    `cost: ${total_cost_usd === null ? 'not known' : `${total_cost_usd} USD`}`,
    `last activity: ${last_activity_at ?? 'none'}`,
    ...(said === undefined ? [] : [`said: ${said}`]),
  ];
  return {
    schema_version: 'hsk.role_mailbox_body@0.5',
    text: lines.join('\n'),
    summary: `${child.role}: ${headline}`,
    artifacts: [],
    mt_context: null,
    suggested_actions: [],
  };
}
