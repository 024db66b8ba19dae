// The invariants of one session: its counters, jobs, spans, mail, grants, and what it waits for.
import { v5 } from 'uuid';
import type { JobRow, Rows, Rules, SessionRow, View } from '../../tools/kernel/index.ts';
import type { Report } from './fault.ts';
import type { Told } from './replay.ts';

export interface Looking {
  view: View;
  rules: Rules;
  report: Report;
}

/** An idle persistent child holds no place; every other one that has not ended does (D-23). */
const active = (row: SessionRow): boolean =>
  row.terminal === null &&
  !(row.spawn_mode === 'SESSION_PERSISTENT' && row.state === 'BLOCKED' && row.blocked_on === 'input');

const cap = (rules: Rules, row: SessionRow): number =>
  Math.min(rules.limits.max_active_children_per_session, row.max_children);

/** Everything about one session that needs no look at others than its parents and children. */
export function sessionFaults(look: Looking, row: SessionRow, told: Told | undefined): void {
  const { view, report } = look;
  const id = row.session_id;
  const live = view.select('job', 'live', id);
  const open = view.select('span', 'open', id);
  counters(look, row);
  states(look, row, live);
  queue(look, row, live);
  spans(look, row, live, open);
  if (row.parent_session_id !== null) birth(look, row, row.parent_session_id);
  if (row.terminal === null) ancestors(look, row);
  waits(look, row, live);
  if (row.inbox_cursor < 0 || row.inbox_cursor > row.inbox_seq)
    report('cursor', `${id} has read ${row.inbox_cursor} of ${row.inbox_seq}`);
  if (!told) {
    report('replay', `no event tells of ${id}`);
    return;
  }
  const same: [string, unknown, unknown][] = [
    ['state', told.state, row.state],
    ['parent', told.parent, row.parent_session_id],
    ['depth', told.depth, row.spawn_depth],
    ['announcements', told.announced.length, row.announce_seq],
    ['messages', told.messages, row.messages_count],
    ['notices', told.notices, row.notice_seq],
    ['the last message', told.tail, row.thread_tail_id],
    ['jobs', told.jobs, row.job_seq],
  ];
  for (const [what, events, stored] of same)
    if (events !== stored)
      report('replay', `${what} of ${id}: ${String(events)} told, ${String(stored)} stored`);
  if (row.announce_back && told.owes !== null) report('announce', `${id} is ${row.state} and told nobody`);
  if (!row.announce_back && row.announce_seq > 0)
    report('announce', `${id} announces, which nobody asked for`);
  if (row.spawn_mode === 'ONE_SHOT' && row.announce_seq > 1)
    report('announce', `${id} has one task and ${row.announce_seq} announcements`);
}

function counters({ view, rules, report }: Looking, row: SessionRow): void {
  const children = view.select('session', 'parent', row.session_id);
  let count = 0;
  let announcing = 0;
  let persistent = 0;
  for (const child of children) {
    const counts = active(child);
    if (child.counts_active !== counts || child.counts_announcing !== (counts && child.announce_back))
      report('counters', `${child.session_id} is ${child.state} and counts ${child.counts_active}`);
    if (counts) count += 1;
    if (counts && child.announce_back) announcing += 1;
    if (child.spawn_mode === 'SESSION_PERSISTENT' && child.terminal === null) persistent += 1;
  }
  if (row.active_children !== count || row.announcing_children !== announcing) {
    const stored = `${row.active_children} active, ${row.announcing_children} announcing`;
    report('counters', `${row.session_id} stores ${stored}; there are ${count} and ${announcing}`);
  }
  if (count > cap(rules, row))
    report('cap', `${row.session_id} has ${count} active children, its cap is ${cap(rules, row)}`);
  if (persistent > rules.limits.max_persistent_children)
    report('cap', `${row.session_id} has ${persistent} persistent children that have not ended`);
}

function states({ view, report }: Looking, row: SessionRow, live: JobRow[]): void {
  const id = row.session_id;
  const running = live.filter((job) => job.state === 'running');
  if (running.length !== (row.state === 'ACTIVE' ? 1 : 0))
    report('active', `${id} is ${row.state} and runs ${running.length} jobs`);
  if ((running[0]?.job_id ?? null) !== row.running_job_id)
    report('active', `${id} runs ${running[0]?.job_id}, its row says ${row.running_job_id}`);
  const [job] = running;
  if (job && job.run_epoch !== row.run_epoch)
    report('fencing', `${id} is at epoch ${row.run_epoch}, its run at ${job.run_epoch}`);
  const call = job && view.get('call', job.job_id);
  if (call && call.run_epoch !== job.run_epoch)
    report('fencing', `the call of ${job.job_id} is of epoch ${call.run_epoch}, its run of ${job.run_epoch}`);
  const final = ['COMPLETED', 'FAILED', 'CANCELLED'].includes(row.state) ? row.state : null;
  if (row.terminal !== final) report('terminal', `${id} is ${row.state}, its end is ${row.terminal}`);
  if (row.terminal !== null && live.length > 0)
    report('terminal', `${id} is ${row.state} and has ${live.length} live jobs`);
  if ((row.pause_reason !== null) !== (row.state === 'PAUSED'))
    report('states', `${id} is ${row.state}, its pause is ${row.pause_reason}`);
  if ((row.blocked_on !== null) !== (row.state === 'BLOCKED'))
    report('states', `${id} is ${row.state} and waits for ${row.blocked_on}`);
}

/** One job of a session at a time may start, and none while it is paused or runs (INV-SESS-003). */
function queue({ report }: Looking, row: SessionRow, live: JobRow[]): void {
  const id = row.session_id;
  const free = live.filter((job) => job.state === 'queued' && !job.held);
  const most = row.state === 'ACTIVE' || row.state === 'PAUSED' ? 0 : 1;
  if (free.length > most) report('queue', `${id} is ${row.state} and ${free.length} of its jobs may start`);
  for (const job of live)
    if (row.parent_session_id !== null && job.lane === 'PRIMARY')
      report('lane', `job ${job.job_id} of a child is in the PRIMARY lane`);
}

function spans(look: Looking, row: SessionRow, live: JobRow[], open: Rows['span'][]): void {
  const { report } = look;
  const id = row.session_id;
  if (row.terminal !== null) {
    if (open.length > 0) report('spans', `${id} is ${row.state} and ${open.length} of its spans are open`);
    return;
  }
  const ids = new Set(open.map((span) => span.span_id));
  if (
    open.filter((span) => span.kind === 'model_session').length !== 1 ||
    !ids.has(row.model_session_span_id)
  )
    report('spans', `${id} is ${row.state} without its span`);
  for (const span of open) {
    const inside =
      span.kind === 'model_session' || (span.parent_span_id !== null && ids.has(span.parent_span_id));
    if (!inside) report('spans', `the ${span.kind} span ${span.span_id} of ${id} outlives what holds it`);
  }
  const attempts = open.filter((span) => span.kind === 'attempt');
  const attempt = live.find((job) => job.state === 'running')?.attempt_span_id;
  if (attempts.length !== (attempt ? 1 : 0) || (attempt && !ids.has(attempt)))
    report('spans', `${id} is ${row.state} with ${attempts.length} open attempts`);
  const begun = live.filter((job) => job.started_at !== null).map((job) => job.span_id);
  const runs = open.filter((span) => span.kind === 'model_run').map((span) => span.span_id);
  if (begun.length !== runs.length || begun.some((span) => !ids.has(span)))
    report('spans', `${id} has ${begun.length} jobs that have begun and ${runs.length} open spans of jobs`);
}

/** What a child may never have more of than its parent (INV-SPAWN-001, INV-SPAWN-003, D-20). */
function birth({ view, rules, report }: Looking, row: SessionRow, parent_id: string): void {
  const id = row.session_id;
  const parent = view.get('session', parent_id);
  if (!parent) {
    report('birth', `the parent ${parent_id} of ${id} does not exist`);
    return;
  }
  if (row.spawn_depth !== parent.spawn_depth + 1)
    report('depth', `${id} has depth ${row.spawn_depth}, its parent ${parent.spawn_depth}`);
  if (row.spawn_depth > Math.min(rules.limits.max_spawn_depth, parent.max_child_depth, row.max_child_depth))
    report('depth', `${id} has depth ${row.spawn_depth}, more than is allowed`);
  if (row.max_child_depth > parent.max_child_depth || row.max_children > parent.max_children)
    report('birth', `${id} has wider ceilings than its parent`);
  if (row.root_session_id !== parent.root_session_id || row.trace_id !== parent.trace_id)
    report('birth', `${id} is in another tree than its parent`);
  if (row.wp_id !== parent.wp_id || row.memory_policy !== parent.memory_policy)
    report('birth', `${id} has another packet or memory policy than its parent`);
  if (row.lane === 'PRIMARY') report('lane', `the child ${id} is in the PRIMARY lane`);
  const has = new Set(parent.capability_grants);
  const wider = row.capability_grants.filter((grant) => !has.has(grant) && !has.has(grant.split(':')[0]!));
  if (wider.length > 0) report('capabilities', `${id} may ${wider.join(', ')}, its parent may not`);
}

/** INV-SPAWN-004. A detached child may outlive a parent that completed (D-31), and nobody else. */
function ancestors({ view, report }: Looking, row: SessionRow): void {
  for (let next = row.parent_session_id; next !== null; ) {
    const above = view.get('session', next);
    if (!above) return;
    if (above.terminal === 'CANCELLED' || above.terminal === 'FAILED')
      report('cascade', `${row.session_id} is ${row.state} under ${next}, which is ${above.terminal}`);
    next = above.parent_session_id;
  }
}

/** Nobody waits for ever: what each state waits for exists, and mail has a job or waits for a place. */
function waits(look: Looking, row: SessionRow, live: JobRow[]): void {
  const { report } = look;
  if (row.terminal !== null) return;
  const id = row.session_id;
  const queued = live.filter((job) => job.state === 'queued');
  const reasons: Record<string, boolean> = {
    gate: live.some((job) => job.state === 'awaiting_user' || job.state === 'awaiting_validation'),
    retry: queued.some((job) => job.attempt > 0 && job.not_before !== null),
    dispatch: queued.length > 0,
    children: row.announcing_children > 0,
    consent: row.consent_missing && live.length + row.revoked_job_ids.length > 0,
    input: live.length === 0 && row.announcing_children === 0,
  };
  if (row.blocked_on && reasons[row.blocked_on] === false)
    report('waits', `${id} waits for ${row.blocked_on}, and nothing of that kind is there`);
  const [first] = live;
  const still = row.pause_reason !== null || row.running_job_id !== null || row.consent_missing;
  if (first && !still && first.state === 'queued' && first.held)
    report('waits', `job ${first.job_id} of ${id} is held back by nothing`);
  if (!still && first?.state === 'stalled') report('waits', `${id} is ${row.state} with a stalled job`);
  const nothing = live.length + row.revoked_job_ids.length === 0;
  const done = row.closing && nothing && row.announcing_children === 0;
  if (done && row.pause_reason === null && row.state !== 'CREATED')
    report('waits', `${id} is done and is still ${row.state}`);
  const unread = row.unread_thread || lastAnnouncement(look, row) > row.inbox_cursor;
  // What a revocation has cancelled is queued anew with the next receipt, and reads the mail then.
  if (unread && !row.closing && nothing) mail(look, row);
}

/** Where the newest announcement stands in an inbox; a notice wakes nobody (D-30). */
function lastAnnouncement({ view, report }: Looking, row: SessionRow): number {
  if (row.inbox_seq === row.inbox_cursor) return row.inbox_cursor;
  const letters = view.select('mailbox', 'inbox', row.session_id);
  const last = letters.findLast(({ message_type }) => message_type === 'SessionAnnounceBack')?.inbox_seq ?? 0;
  if (row.inbox_announced !== last)
    report('mail', `${row.session_id} was last announced to at ${last}, its row says ${row.inbox_announced}`);
  return last;
}

/** Mail without a job: some session above has no free place, and remembers that one is wanted. */
function mail({ view, rules, report }: Looking, row: SessionRow): void {
  const path: SessionRow[] = [];
  for (let next: SessionRow | undefined = row; next && !next.counts_active; ) {
    const parent: SessionRow | undefined =
      next.parent_session_id === null ? undefined : view.get('session', next.parent_session_id);
    if (!parent) break;
    path.push(parent);
    if (parent.active_children >= cap(rules, parent)) {
      const forgot = path.find((session) => !session.place_wanted);
      if (forgot) report('mail', `${row.session_id} waits for a place, and ${forgot.session_id} forgot it`);
      return;
    }
    if (!next.announce_back || parent.terminal) break;
    next = parent;
  }
  report('mail', `${row.session_id} is ${row.state} with unread mail, and nothing will wake it`);
}

/** The announcements of one session, one by one: keys and ids follow from child and number (D-29). */
export function letterFaults(report: Report, letter: Rows['mailbox']): void {
  if (letter.message_type !== 'SessionAnnounceBack') return;
  const child = letter.from_session_id;
  const seq = /^announce:v1:(.+):(\d+)$/.exec(letter.idempotency_key);
  if (seq?.[1] !== child) report('announce', `${child} sent a letter with the key ${letter.idempotency_key}`);
  else if (letter.message_id !== v5(seq[2]!, child))
    report('announce', `letter ${letter.idempotency_key} has the id ${letter.message_id}`);
}

/** However much a child has to tell, three notices of it wait to be read and no more (D-30). */
export function noticeFaults(report: Report, view: View, letter: Rows['mailbox']): void {
  if (letter.message_type === 'SessionAnnounceBack') return;
  const { to_session_id, from_session_id, message_type } = letter;
  const cursor = view.get('session', to_session_id)?.inbox_cursor ?? 0;
  const unread = view
    .select('mailbox', 'inbox', to_session_id)
    .filter((other) => other.inbox_seq > cursor && other.from_session_id === from_session_id);
  const notices = unread.filter((other) => other.message_type === message_type);
  if (notices.length > 3)
    report('notices', `${to_session_id} has ${notices.length} unread notices of ${from_session_id}`);
}
