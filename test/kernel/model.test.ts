import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verifyLog } from '../../tools/recorder/index.ts';
import { type World, world } from './world.ts';

const kinds = [
  'spawn',
  'again',
  'dispatch',
  'complete',
  'yield',
  'fail',
  'retry',
  'cancel',
  'pause',
  'resume',
  'enqueue',
  'read',
  'close',
  'usage',
  'late',
  'progress',
  'send',
  'wait',
] as const;
type Step = { kind: (typeof kinds)[number]; pick: number; flag: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  pick: fc.nat(30),
  flag: fc.boolean(),
});

interface Model {
  w: World;
  sessions: string[];
  /** Everything ever dispatched, so that late results can come from it. */
  runs: { job_id: string; run_epoch: number }[];
  terminal: Map<string, string>;
  cursors: Map<string, number>;
}

async function perform(model: Model, { kind, pick, flag }: Step): Promise<void> {
  const { w, sessions, runs } = model;
  const session_id = sessions[pick % sessions.length]!;
  const call = w.view().select('call', 'running', 'running')[pick % 4];
  switch (kind) {
    case 'spawn': {
      const spawn_mode = pick % 3 === 0 ? 'SESSION_PERSISTENT' : 'ONE_SHOT';
      const { child_session_id } = await w.spawn(session_id, { announce_back: flag, spawn_mode });
      if (child_session_id) sessions.push(child_session_id);
      return;
    }
    case 'again': {
      const { child_session_id } = await w.spawn(session_id, { request_id: `r${pick % 3}` });
      if (child_session_id && !sessions.includes(child_session_id)) sessions.push(child_session_id);
      return;
    }
    case 'dispatch': {
      const job = await w.dispatch();
      if (job) runs.push({ job_id: job.job_id, run_epoch: job.run_epoch });
      return;
    }
    case 'complete':
      if (call) await w.finish(call, { outcome: 'completed', close: flag });
      return;
    case 'yield':
      if (call) await w.finish(call, { outcome: 'yield' });
      return;
    case 'fail':
      if (call) await w.finish(call, { outcome: 'failed', error: 'x', retryable: false });
      return;
    case 'retry':
      if (call) await w.finish(call, { outcome: 'failed', error: 'x', retryable: true });
      return;
    case 'usage':
      if (call) await w.run('usage', { ...call, tokens: pick, cost_usd: null });
      return;
    case 'late': {
      const run = runs[pick % Math.max(1, runs.length)];
      if (run) await w.finish(run, { outcome: 'completed' });
      return;
    }
    case 'cancel':
      await w.decide('cancel', {
        session_id,
        reason: 'model',
        by: 'operator',
        ...(flag ? { op_id: `op${pick}` } : {}),
      });
      return;
    case 'pause':
      await w.decide('pause', { session_id, reason: 'operator' });
      return;
    case 'resume':
      await w.decide('resume', { session_id });
      return;
    case 'enqueue':
      await w.decide('enqueue', { session_id });
      return;
    case 'read':
      await w.decide('read_inbox', { session_id, take: flag });
      return;
    case 'close':
      await w.decide('close', { session_id });
      return;
    case 'progress':
      if (call) await w.run('progress', { ...call, text: 'so far', part: 0, count: pick });
      return;
    case 'send': {
      const content = { content_hash: 'a'.repeat(64), content_artifact_id: `sha256:${'a'.repeat(64)}` };
      if (call)
        await w.decide('route', { ...call, to_session_id: session_id, name: String(pick), ...content });
      return;
    }
    case 'wait':
      w.now += pick * 1000;
  }
}

/** What must hold after every step (engine.md 5.3). */
function check({ w, sessions, terminal, cursors }: Model): void {
  const view = w.view();
  const calls = view.select('call', 'running', 'running');
  expect(calls.length).toBeLessThanOrEqual(w.rules.scheduler.max_concurrent_sessions_global);
  for (const id of sessions) {
    const row = w.session(id);
    const children = view.select('session', 'parent', id);
    expect(row.active_children).toBe(children.filter((child) => child.counts_active).length);
    expect(row.announcing_children).toBe(children.filter((child) => child.counts_announcing).length);
    expect(row.active_children).toBeLessThanOrEqual(row.max_children + 0);
    for (const child of children) {
      const idle =
        child.spawn_mode === 'SESSION_PERSISTENT' &&
        child.state === 'BLOCKED' &&
        child.blocked_on === 'input';
      expect(child.counts_active).toBe(child.terminal === null && !idle);
      if (row.state === 'CANCELLED' || row.state === 'FAILED') expect(child.terminal).not.toBeNull();
    }
    const live = view.select('job', 'live', id);
    const running = live.filter((job) => job.state === 'running');
    expect(running.length).toBe(row.state === 'ACTIVE' ? 1 : 0);
    expect(
      calls.filter((call) => call.session_id === id && call.run_epoch === running[0]?.run_epoch),
    ).toHaveLength(running.length);
    const sticky = terminal.get(id);
    if (sticky) expect(row.state).toBe(sticky);
    if (row.terminal) {
      terminal.set(id, row.state);
      expect(live).toEqual([]);
      expect(view.select('span', 'open', id)).toEqual([]);
    } else {
      expect(view.select('span', 'open', id).filter((span) => span.kind === 'model_session')).toHaveLength(1);
    }
    expect(row.inbox_cursor).toBeGreaterThanOrEqual(cursors.get(id) ?? 0);
    cursors.set(id, row.inbox_cursor);
    const letters = view.select('mailbox', 'inbox', id);
    expect(letters.map((letter) => letter.inbox_seq)).toEqual(letters.map((_, index) => index + 1));
    expect(letters).toHaveLength(row.inbox_seq);
    const announcements = letters.filter((letter) => letter.message_type === 'SessionAnnounceBack');
    expect(row.inbox_announced).toBe(announcements.at(-1)?.inbox_seq ?? 0);
    for (const child of children) {
      const notices = letters.filter(
        (letter) => letter.message_type === 'FYI' && letter.from_session_id === child.session_id,
      );
      expect(notices.map((notice) => notice.idempotency_key)).toEqual(
        notices.map((_, index) => `notice:v1:${child.session_id}:${index + 1}`),
      );
      expect(notices.filter((notice) => notice.inbox_seq > row.inbox_cursor).length).toBeLessThanOrEqual(3);
      if (!child.announce_back) expect(notices).toEqual([]);
    }
    const persistent = children.filter(
      (child) => child.spawn_mode === 'SESSION_PERSISTENT' && !child.terminal,
    );
    expect(persistent.length).toBeLessThanOrEqual(w.rules.limits.max_persistent_children);
    if (row.parent_session_id !== null && row.announce_back && row.spawn_mode === 'ONE_SHOT') {
      const mine = view
        .select('mailbox', 'inbox', row.parent_session_id)
        .filter((letter) => letter.from_session_id === id && letter.message_type === 'SessionAnnounceBack');
      expect(mine.length).toBeLessThanOrEqual(1);
      if (row.state === 'COMPLETED' || row.state === 'FAILED') expect(mine).toHaveLength(1);
    }
    const waiting = row.inbox_announced > row.inbox_cursor && !row.terminal && !row.closing;
    if (waiting) expect(live.length).toBeGreaterThan(0); // nobody waits for ever with an announcement unread
  }
}

it('any order of commands keeps every invariant of sessions, jobs, permits, counters, spans and mail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 70, size: 'max' }), async (steps) => {
      const w = await world({
        limits: { max_active_children_per_session: 2, max_persistent_children: 3 },
        scheduler: { max_concurrent_sessions_global: 3 },
        budgets: { session_tokens: 40 },
      });
      const root = await w.root();
      const model: Model = {
        w,
        sessions: [root.session_id],
        runs: [],
        terminal: new Map(),
        cursors: new Map(),
      };
      await w.run('enqueue', { session_id: root.session_id });
      for (const next of steps) {
        await perform(model, next);
        check(model);
      }
      expect(verifyLog(w.log)).toEqual([]); // once: what is wrong in a log stays wrong
    }),
    { numRuns: 150 },
  );
});
