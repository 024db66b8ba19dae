import { describe, expect, it } from 'vitest';
import { type Engine, openReadOnly, simulatedClock } from '../../tools/engine/index.ts';
import { completes, database, open, type Play, request, root, start } from '../engine/opened.ts';

const usage = (total_tokens: number) => ({ prompt_tokens: total_tokens, completion_tokens: 0, total_tokens });
const WP = 'WP-1-Demo-v1';

/** Time that a test moves by hand, so that a run can be looked at while it is open. */
function handClock() {
  const clock = simulatedClock(start);
  let passed = 0;
  return {
    pass: (ms: number) => {
      passed += ms;
    },
    clock: { ...clock, now: () => clock.now() + passed },
  };
}

/** What each model of the story reports, call by call; `hold` keeps its run open until the story is over. */
const reports: Record<string, { calls: [number, number | null][][]; hold?: boolean }> = {
  priced: { calls: [[[100, 0.1]], [[50, null]]] },
  open: { calls: [[[300, 0.06]]], hold: true },
  unpriced: { calls: [[[30, null]]], hold: true },
  free: { calls: [[[10, 0]]] },
  silent: { calls: [[]] },
};

async function story(look: (engine: Engine, ids: Record<string, string>, path: string) => Promise<void>) {
  const { clock, pass } = handClock();
  const path = database();
  let release!: () => void;
  const over = new Promise<void>((resolve) => {
    release = resolve;
  });
  let held = 0;
  let arrived!: () => void;
  const allHeld = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const done = new Map<string, number>();
  const run: Play = async ({ session }, io) => {
    const { calls, hold } = reports[session.model_id]!;
    const nth = done.get(session.session_id) ?? 0;
    done.set(session.session_id, nth + 1);
    for (const [tokens, cost] of calls[nth] ?? []) io.usage(usage(tokens), cost);
    await io.children(); // a boundary: what was used is booked
    if (!hold) return { outcome: 'completed' };
    held += 1;
    if (held === 2) arrived();
    await over;
    return { outcome: 'completed' };
  };
  await using engine = await open(run, {
    store: `sqlite:${path}`,
    clock,
    budgets: { wp_tokens: 400 },
    admission: { admit: async () => ({ capabilities: [], paths: [], packet_digest: 'x' }) },
  });
  const ids: Record<string, string> = {};
  for (const model_id of Object.keys(reports)) {
    const wp_id = model_id === 'priced' || model_id === 'open' ? WP : null;
    const { session_id } = await engine.createSession({ ...root, model_id, wp_id });
    ids[model_id] = session_id;
    for (const _ of reports[model_id]!.calls) await engine.enqueue({ session_id });
  }
  engine.start();
  await allHeld;
  for (let turn = 0; turn < 50; turn += 1) await clock.turn(); // the others end meanwhile
  pass(120_000);
  try {
    await look(engine, ids, path);
  } finally {
    release();
    await engine.idle();
  }
}

describe('F18: what sessions cost', () => {
  it('F18: per session, per work packet and by the minute, equal to a hand computation; null is not zero', async () => {
    await story(async (engine, ids, path) => {
      const view = await engine.view('cost');
      // session    runs  tokens        dollars              open for  tokens/min        dollars/min
      // priced     2     100+50 = 150  0.10, one run none   –         –                 –
      // open       1     300           0.06                 2 min     300 / 2 = 150     0.06 / 2 = 0.03
      // unpriced   1     30            none                 2 min     30 / 2 = 15       none
      // free       1     10            0                    –         –                 –
      // silent     1     0             none                 –         –                 –
      expect(
        view.sessions.map(({ session_id, runs, tokens, cost, rate }) => [
          session_id,
          runs,
          tokens,
          cost,
          rate,
        ]),
      ).toEqual([
        [ids.priced, 2, 150, { cost_usd: 0.1, unpriced_runs: 1 }, null],
        [
          ...[ids.open, 1, 300, { cost_usd: 0.06, unpriced_runs: 0 }],
          { tokens_per_minute: 150, usd_per_minute: 0.03 },
        ],
        [
          ...[ids.unpriced, 1, 30, { cost_usd: null, unpriced_runs: 1 }],
          { tokens_per_minute: 15, usd_per_minute: null },
        ],
        [ids.free, 1, 10, { cost_usd: 0, unpriced_runs: 0 }, null],
        [ids.silent, 1, 0, { cost_usd: null, unpriced_runs: 0 }, null],
      ]);
      // 150 + 300 tokens, 0.10 + 0.06 dollars; of a budget of 400 tokens that is 112.5 %.
      expect(view.packets).toMatchObject([
        {
          ...{ wp_id: WP, sessions: 2, runs: 3, tokens: 450 },
          cost: { cost_usd: 0.16, unpriced_runs: 1 },
          budgets: [{ budget_type: 'wp_tokens', used: 450, budget: 400, percent: 112.5 }],
        },
      ]);
      expect(
        view.packets[0]?.budgets[0]?.crossed.map(({ percent, threshold_value }) => [
          percent,
          threshold_value,
        ]),
      ).toEqual([
        [80, 320],
        [100, 400],
      ]);
      // 150 + 300 + 30 + 10 + 0 tokens; 0.10 + 0.06 + 0 dollars.
      expect(view.total).toEqual({
        ...{ sessions: 5, runs: 6, tokens: 490 },
        cost: { cost_usd: 0.16, unpriced_runs: 2 },
      });
      // 150 + 15 tokens a minute; the one that has a price spends 0.03 dollars a minute.
      expect(view.rate).toEqual({
        active_sessions: 2,
        tokens_per_minute: 165,
        usd_per_minute: 0.03,
        unpriced_sessions: 1,
      });
      expect(view.now).toBe('2026-02-24T09:02:00.000Z');
      // Who only reads does not know what was configured: the warnings say what the budget is.
      await using log = await openReadOnly(path, { clock: simulatedClock(start + 120_000) });
      expect(await log.view('cost')).toEqual(view);
      const alone = await log.view('cost', { model_session_id: ids.unpriced! });
      expect([alone.total.cost, alone.rate.usd_per_minute]).toEqual([
        { cost_usd: null, unpriced_runs: 1 },
        null,
      ]);
    });
  });

  it('F18: an attempt younger than a second counts as a second old, and nothing is spent while nobody is active', async () => {
    await using engine = await open(completes);
    await engine.createSession(root);
    expect((await engine.view('cost')).rate).toEqual({
      active_sessions: 0,
      tokens_per_minute: 0,
      usd_per_minute: null,
      unpriced_sessions: 0,
    });
    const { rateOf } = await import('../../tools/recorder/query/views/rate.ts');
    const attempt = { end_time: null, start_time: '2026-02-24T09:00:00.000Z', token_count: 5, cost_usd: 0 };
    const rate = rateOf({ state: 'ACTIVE' } as never, [attempt as never], '2026-02-24T09:00:00.001Z');
    expect(rate).toEqual({ tokens_per_minute: 300, usd_per_minute: 0 });
  });
});

describe('narrowing and paging', () => {
  it('by session, tree, role, model and time, the same for every view', async () => {
    await using engine = await open(completes);
    const one = await engine.createSession({ ...root, model_id: 'a' });
    const two = await engine.createSession({ ...root, role: 'Coder', model_id: 'b' });
    const child = (await engine.spawn(request(one.session_id))).child_session_id!;
    const shown = async (query: object) =>
      (await engine.view('timeline', query)).lanes.map(({ session_id }) => session_id);
    expect(await shown({})).toEqual([one.session_id, child, two.session_id]); // tree by tree
    expect(await shown({ tree: one.session_id })).toEqual([one.session_id, child]);
    expect(await shown({ tree: child })).toEqual([child]);
    expect(await shown({ model_session_id: child })).toEqual([child]);
    expect(await shown({ model_session_id: two.session_id, tree: one.session_id })).toEqual([]);
    expect(await shown({ role: 'Coder' })).toEqual([two.session_id]);
    expect(await shown({ model_id: 'b' })).toEqual([two.session_id]);
    expect(await shown({ wp_id: WP })).toEqual([]);
    expect(await shown({ to: '2026-02-24T09:00:00Z' })).toEqual([]);
    expect(await shown({ from: '2026-02-24T09:00:00Z' })).toHaveLength(3);
    expect(await shown({ from: '2026-02-24T09:00:01Z' })).toEqual([]); // by the engine's clock they end at nine
    expect((await engine.view('cost', { tree: one.session_id })).total.sessions).toBe(2);
    expect((await engine.view('tree', { tree: child })).trees.map(({ session_id }) => session_id)).toEqual([
      child,
    ]);
  });

  it('a page holds whole trees: no arrow leads out of it', async () => {
    await using engine = await open(completes);
    const roots: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { session_id } = await engine.createSession(root);
      roots.push(session_id);
      await engine.spawn(request(session_id));
    }
    const page = async (query: object) => {
      const { lanes, next } = await engine.view('timeline', query);
      return [lanes.map(({ root_session_id }) => roots.indexOf(root_session_id)), next];
    };
    expect(await page({ limit: 1 })).toEqual([[0, 0], roots[0]]); // a tree is never cut
    expect(await page({ limit: 4 })).toEqual([[0, 0, 1, 1], roots[1]]);
    expect(await page({ limit: 4, after: roots[1]! })).toEqual([[2, 2], null]);
    const tree = await engine.view('tree', { limit: 3, after: roots[0]! });
    expect([tree.trees.length, tree.total.sessions, tree.next]).toEqual([1, 2, roots[1]]);
  });
});

it('who was cancelled by whom and why, and who had ended before, stands at each session', async () => {
  const run: Play = async ({ session }) =>
    session.parent_session_id === null ? { outcome: 'yield' } : { outcome: 'completed', key_outputs: [] };
  await using engine = await open(run);
  const { session_id } = await engine.createSession(root);
  await engine.spawn(request(session_id, { request_id: 'done' }));
  engine.start();
  await engine.idle();
  await engine.spawn(request(session_id, { request_id: 'late', announce_back: false }));
  const { op_id } = await engine.cancel(session_id, { reason: 'wrong branch', by: 'operator' });
  const by = { by: 'operator', reason: 'wrong branch', op_id, root_session_id: session_id };
  const {
    trees: [top],
    total,
  } = await engine.view('tree');
  const at = '2026-02-24T09:00:00.000Z';
  expect([top?.cancelled, top?.passed_over, top?.because]).toEqual([{ ...by, at }, [], null]);
  expect(top?.children.map(({ state, cancelled, passed_over }) => [state, cancelled, passed_over])).toEqual([
    ['COMPLETED', null, [by]],
    ['CANCELLED', { ...by, at }, []],
  ]);
  expect(top?.children[0]?.announcements).toMatchObject([
    { at, to_session_id: session_id, status: 'COMPLETED', read_at: at },
  ]);
  expect(total.states).toEqual({ CANCELLED: 2, COMPLETED: 1 });
});
