import type { Artifacts, FlightRecorderEvent, Reading, Store } from '../../../tools/engine/index.ts';
import { verifyLog } from '../../../tools/recorder/index.ts';

/** What does not hold in a store at rest, between two commands (engine.md 5.3): nothing, if all is well. */
export async function problemsOf(store: Store, artifacts: Artifacts): Promise<string[]> {
  const log: FlightRecorderEvent[] = [];
  const problems: string[] = [];
  for await (const { seq, event } of store.readEvents({})) {
    log.push(event);
    if (seq !== log.length) problems.push(`event ${log.length} has the number ${seq}`);
  }
  const has = (id: string): boolean => artifacts.has(id);
  problems.push(...verifyLog(log, { hasArtifact: has }).map(({ rule, message }) => `${rule}: ${message}`));
  problems.push(...(await store.read((view) => rowProblems(view, log, has))));
  return problems;
}

function rowProblems(view: Reading, log: readonly FlightRecorderEvent[], has: (id: string) => boolean): string[] {
  const problems: string[] = [];
  const check = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const calls = view.select('call', 'running', 'running');
  for (const call of calls) {
    const job = view.get('job', call.job_id);
    check(job?.state === 'running' && job.run_epoch === call.run_epoch, `permit of ${call.job_id} without its run`);
  }
  for (const id of view.sessionIds()) {
    const row = view.get('session', id)!;
    const children = view.select('session', 'parent', id);
    const active = children.filter((child) => child.counts_active).length;
    check(row.active_children === active, `${row.role}: ${row.active_children} active children, not ${active}`);
    const announcing = children.filter((child) => child.counts_announcing).length;
    check(row.announcing_children === announcing, `${row.role}: announcing children`);
    const jobs = view.select('job', 'live', id);
    const running = jobs.filter((job) => job.state === 'running');
    check(running.length === Number(row.state === 'ACTIVE'), `${row.role}: ${row.state} with ${running.length} runs`);
    const open = view.select('span', 'open', id);
    check(!row.terminal || open.length + jobs.length === 0, `${row.role}: ${row.state} with open spans or jobs`);
    const letters = view.select('mailbox', 'inbox', id);
    check(
      letters.every((letter, at) => letter.inbox_seq === at + 1) && letters.length === row.inbox_seq,
      `${row.role}: numbers of letters`,
    );
    const messages = view.select('message', 'session', id);
    check(messages.length === row.messages_count, `${row.role}: ${messages.length} messages`);
    for (const [at, message] of messages.entries()) {
      check(message.message_seq === at + 1, `${row.role}: number of message ${at + 1}`);
      check(has(message.content_artifact_id), `${row.role}: message ${at + 1} without its content`);
    }
    for (const { body_ref, attachments } of letters)
      check([body_ref, ...attachments].every(has), `${row.role}: a letter without its body or summary`);
    check(row.checkpoint_artifact_id === null || has(row.checkpoint_artifact_id), `${row.role}: checkpoint`);
    const told = log.filter(
      (event) => event.fr_event_id === 'FR-EVT-SESS-SPAWN-004' && event.payload.child_session_id === id,
    );
    const parent = row.parent_session_id;
    const sent = parent ? view.select('mailbox', 'inbox', parent).filter((l) => l.from_session_id === id) : [];
    check(told.length === row.announce_seq && sent.length === row.announce_seq, `${row.role}: announcements`);
    const due = row.announce_back && (row.terminal === 'COMPLETED' || row.terminal === 'FAILED');
    if (due && row.spawn_mode === 'ONE_SHOT') check(sent.length === 1, `${row.role}: ${sent.length} letters`);
    let state = 'CREATED';
    for (const event of log)
      if (event.fr_event_id === 'FR-EVT-SESS-002' && event.payload.session_id === id)
        state = event.payload.to_state;
    check(state === row.state, `${row.role}: ${row.state}, its events say ${state}`);
  }
  return problems;
}

/** How often each tool was told to have been executed. */
export const executions = (said: readonly unknown[][]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const [kind, tool] of said) if (kind === 'tool') counts[String(tool)] = (counts[String(tool)] ?? 0) + 1;
  return counts;
};
