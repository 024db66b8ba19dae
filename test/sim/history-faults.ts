// The invariants of what is over: letters, spans, costs and budgets, counted from every row there is.
import { v5 } from 'uuid';
import type { Reading } from '../../tools/engine/index.ts';
import type { JobRow, Rows, SessionRow } from '../../tools/kernel/index.ts';
import type { Report } from './fault.ts';
import type { Told } from './replay.ts';
import { type Looking, letterFaults } from './session-faults.ts';

/** Sums of money are sums of floating point numbers. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));

/** Every job that a session ever had: their ids follow from its two counters. */
export function jobsOf(view: Reading, row: SessionRow): JobRow[] {
  const id = row.session_id;
  const jobs: JobRow[] = [];
  const find = (name: string): void => {
    const job = view.get('job', v5(name, id));
    if (job) jobs.push(job);
  };
  for (let seq = 1; seq <= row.job_seq; seq++) find(`job:${seq}`);
  for (let epoch = 1; epoch <= row.wake_epoch; epoch++) find(`wake:${epoch}`);
  return jobs.sort((a, b) => a.job_seq - b.job_seq);
}

/** All that a session has been through: its jobs, mail, thread and spans. */
export function historyFaults(
  look: Looking & { view: Reading },
  row: SessionRow,
  told: Told | undefined,
): void {
  const { view, report } = look;
  const id = row.session_id;
  const jobs = jobsOf(view, row);
  if (jobs.length !== row.job_seq || jobs.some((job, at) => job.job_seq !== at + 1))
    report('jobs', `${id} has had ${row.job_seq} jobs, ${jobs.length} are stored`);
  const letters = view.select('mailbox', 'inbox', id);
  if (letters.length !== row.inbox_seq || letters.some((letter, at) => letter.inbox_seq !== at + 1))
    report('mail', `${id} was sent ${row.inbox_seq} letters, ${letters.length} are stored`);
  for (const letter of letters) letterFaults(report, letter);
  announcements(look, row, told);
  const thread = view.select('message', 'session', id);
  if (thread.length !== row.messages_count || thread.some((message, at) => message.message_seq !== at + 1))
    report('thread', `${id} has ${row.messages_count} messages, ${thread.length} are stored`);
  const spans = view.select('span', 'session', id);
  nesting(report, row, spans);
  costs(report, row, jobs, spans);
}

/** Each announcement is one letter in the mailbox of the requester, and no letter is there besides. */
function announcements({ view, report }: Looking, row: SessionRow, told: Told | undefined): void {
  if (row.parent_session_id === null) return;
  const id = row.session_id;
  for (let seq = 1; seq <= row.announce_seq; seq++) {
    const letter = view.get('mailbox', v5(String(seq), id));
    if (letter?.from_session_id !== id || letter.to_session_id !== row.parent_session_id)
      report('announce', `announcement ${seq} of ${id} is in no mailbox`);
  }
  const beyond = view.get('mailbox', v5(String(row.announce_seq + 1), id));
  if (beyond) report('announce', `${id} sent more letters than its ${row.announce_seq} announcements`);
  const expected = Array.from({ length: row.announce_seq }, (_, at) => v5(String(at + 1), id));
  if (told && told.announced.join() !== expected.join())
    report('announce', `the announcements of ${id} are out of order`);
}

/** A span lies within the span that holds it, and begins and ends once. */
function nesting(report: Report, row: SessionRow, spans: Rows['span'][]): void {
  const known = new Map(spans.map((span) => [span.span_id, span]));
  const held: Record<string, string | null> = {
    model_run: 'model_session',
    attempt: 'model_run',
    tool_call: 'attempt',
  };
  for (const span of spans) {
    if ((span.end_time === null) !== (span.status === null))
      report('spans', `${span.span_id} ends ${span.end_time} with ${span.status}`);
    const kind = held[span.kind];
    if (!kind) continue;
    const parent = known.get(span.parent_span_id ?? '');
    if (parent?.kind !== kind) {
      report('spans', `the ${span.kind} span ${span.span_id} of ${row.session_id} lies in no ${kind}`);
      continue;
    }
    if (parent.end_time !== null && span.end_time === null)
      report('spans', `the ${span.kind} span ${span.span_id} is open in one that has ended`);
  }
}

interface Cost {
  tokens: number;
  usd: number | null;
}

const add = (sum: Cost, tokens: number, usd: number | null): void => {
  sum.tokens += tokens;
  if (usd !== null) sum.usd = (sum.usd ?? 0) + usd;
};

const same = (a: Cost, b: Cost): boolean =>
  a.tokens === b.tokens && (a.usd === null ? b.usd === null : b.usd !== null && near(a.usd, b.usd));

/** What attempts cost is what their job cost, and what jobs cost is what their session cost (engine.md 3.3). */
function costs(report: Report, row: SessionRow, jobs: JobRow[], spans: Rows['span'][]): void {
  const attempts = new Map<string, Cost>();
  for (const span of spans) {
    if (span.kind !== 'attempt' || span.job_id === null) continue;
    const sum = attempts.get(span.job_id) ?? { tokens: 0, usd: null };
    add(sum, span.token_count ?? 0, span.cost_usd);
    attempts.set(span.job_id, sum);
  }
  const whole: Cost = { tokens: 0, usd: null };
  for (const job of jobs) {
    add(whole, job.tokens, job.cost_usd);
    const sum = attempts.get(job.job_id) ?? { tokens: 0, usd: null };
    if (!same(sum, { tokens: job.tokens, usd: job.cost_usd }))
      report('costs', `job ${job.job_id} cost ${job.tokens} tokens, its attempts ${sum.tokens}`);
  }
  if (!same(whole, { tokens: row.total_tokens, usd: row.total_cost_usd }))
    report('costs', `${row.session_id} cost ${row.total_tokens} tokens, its jobs ${whole.tokens}`);
}

/** Packets add up their sessions; trees count their descendants, within the budget of a lifetime (D-25). */
export function totalFaults(look: Looking & { view: Reading }, rows: SessionRow[]): void {
  const { view, rules, report } = look;
  const packets = new Map<string, Cost>();
  const trees = new Map<string, number[]>();
  for (const row of rows) {
    const seqs = trees.get(row.root_session_id) ?? [];
    trees.set(row.root_session_id, seqs);
    if (row.parent_session_id !== null) seqs.push(row.spawn_seq);
    if (row.wp_id === null) continue;
    const sum = packets.get(row.wp_id) ?? { tokens: 0, usd: null };
    add(sum, row.total_tokens, row.total_cost_usd);
    packets.set(row.wp_id, sum);
  }
  for (const [wp_id, sum] of packets) {
    const stored = view.get('packet', wp_id);
    const cost = { tokens: stored?.total_tokens ?? 0, usd: stored?.total_cost_usd ?? null };
    if (!same(sum, cost))
      report('costs', `packet ${wp_id} cost ${cost.tokens} tokens, its sessions ${sum.tokens}`);
  }
  for (const [root, seqs] of trees) {
    const tree = view.get('tree', root);
    const found = seqs.sort((a, b) => a - b);
    if (
      tree?.descendants !== found.length ||
      tree.spawn_seq !== found.length ||
      found.some((seq, at) => seq !== at + 1)
    )
      report('budget', `the tree ${root} counts ${tree?.descendants} descendants, it has ${found.length}`);
    if (found.length > rules.limits.max_descendants_lifetime)
      report('budget', `the tree ${root} has had ${found.length} descendants`);
  }
}
