import { describe, expect, it } from 'vitest';
import { childrenOf } from '../../tools/engine/children.ts';
import { type ChildProgress, type Engine, EngineError, openMemoryStore } from '../../tools/engine/index.ts';
import type { Rows, View } from '../../tools/kernel/index.ts';
import { open, type Play, request, root, start, storeOf } from './opened.ts';

const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const fault = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error) => [error instanceof EngineError, error.code, error.message],
  );

/** A root that spawns three children; the first spawns one more and stays, the second ends, the third is retried. */
const lead: Play = async ({ session, job }, io) => {
  const usage = (total: number, cost: number | null) =>
    io.usage({ prompt_tokens: 0, completion_tokens: total, total_tokens: total }, cost);
  const child = (role: string) =>
    io.spawn({ ...request(session.session_id), requester_role: session.role, child_role: role });
  switch (session.role) {
    case 'Orchestrator':
      if (job.attempt === 0 && (await io.children()).length === 0)
        for (const role of ['Lead', 'Coder', 'Validator']) await child(role);
      return { outcome: 'yield' };
    case 'Lead':
      if ((await io.children()).length === 0) await child('Researcher');
      return { outcome: 'yield' };
    case 'Coder':
      usage(40, 0);
      return { outcome: 'completed', close: true };
    case 'Validator':
      usage(5, null);
      if (job.attempt === 0) return { outcome: 'failed', error: 'no answer', retryable: true };
      return { outcome: 'awaiting_user', tool_call_id: 'call-1' };
    default:
      return { outcome: 'awaiting_user', tool_call_id: 'call-2' };
  }
};

async function family(kind: 'memory' | 'sqlite'): Promise<{ engine: Engine; session_id: string }> {
  const engine = await open(lead, { store: storeOf(kind) });
  const { session_id } = await engine.createSession(root);
  await engine.enqueue({ session_id });
  engine.start();
  await engine.idle();
  return { engine, session_id };
}

const shown = ({ session_id: _, parent_session_id: __, ...child }: ChildProgress) => child;

describe.each(['memory', 'sqlite'] as const)('D-30: progress of children by query, %s store', (kind) => {
  it('the direct ones in the order of their spawning, with all that a requester asks', async () => {
    const { engine, session_id } = await family(kind);
    await using _ = engine;
    const children = await engine.children(session_id);
    expect(children.every((child) => child.parent_session_id === session_id)).toBe(true);
    expect(children.map(shown)).toEqual([
      {
        role: 'Lead',
        state: 'BLOCKED',
        blocked_on: 'children',
        pause_reason: null,
        runs: 1,
        total_tokens: 0,
        total_cost_usd: null,
        last_activity_at: at(0),
        announced: { count: 0, last_at: null },
        spawn_depth: 1,
        spawn_seq: 1,
      },
      {
        role: 'Coder',
        state: 'COMPLETED',
        blocked_on: null,
        pause_reason: null,
        runs: 1,
        total_tokens: 40,
        total_cost_usd: 0,
        last_activity_at: at(0),
        announced: { count: 1, last_at: at(0) },
        spawn_depth: 1,
        spawn_seq: 2,
      },
      {
        role: 'Validator',
        state: 'BLOCKED',
        blocked_on: 'gate',
        pause_reason: null,
        runs: 2,
        total_tokens: 10,
        total_cost_usd: null,
        last_activity_at: at(1),
        announced: { count: 0, last_at: null },
        spawn_depth: 1,
        spawn_seq: 3,
      },
    ]);
  });

  it('deep adds all below them, in the order of the tree’s own counter', async () => {
    const { engine, session_id } = await family(kind);
    await using _ = engine;
    const all = await engine.children(session_id, { deep: true });
    expect(all.map(({ role, spawn_depth, spawn_seq }) => [role, spawn_depth, spawn_seq])).toEqual([
      ['Lead', 1, 1],
      ['Coder', 1, 2],
      ['Validator', 1, 3],
      ['Researcher', 2, 4],
    ]);
    expect(all[3]?.parent_session_id).toBe(all[0]?.session_id);
    expect(await engine.children(all[0]!.session_id)).toEqual([all[3]]);
    expect(await engine.children(all[3]!.session_id, { deep: true })).toEqual([]);
    expect((await engine.children(session_id, { deep: false })).length).toBe(3);
  });

  it('a pause is shown with its reason; what is done to a child is no activity of its own', async () => {
    const { engine, session_id } = await family(kind);
    await using _ = engine;
    const [first] = await engine.children(session_id);
    await engine.pause(first!.session_id, 'policy');
    const [paused] = await engine.children(session_id);
    expect(paused).toEqual({ ...first, state: 'PAUSED', blocked_on: null, pause_reason: 'policy' });
  });

  it('a run sees its own children, as they are at that moment, and nobody else’s', async () => {
    const seen: ChildProgress[][] = [];
    const run: Play = async ({ session }, io) => {
      if (session.role === 'Orchestrator') {
        await io.spawn({ ...request(session.session_id), child_role: 'Coder' });
        seen.push(await io.children());
      }
      return { outcome: 'yield' };
    };
    await using engine = await open(run, { store: storeOf(kind) });
    const sessions = [await engine.createSession(root), await engine.createSession(root)];
    for (const { session_id } of sessions) await engine.enqueue({ session_id });
    engine.start();
    await engine.idle();
    expect(
      seen.map((children) => children.map(({ parent_session_id, role }) => [parent_session_id, role])),
    ).toEqual(sessions.map(({ session_id }) => [[session_id, 'Coder']]));
    expect(seen[0]?.[0]).toMatchObject({ runs: 0, last_activity_at: null });
  });
});

it('a session that nobody knows has no children to tell of; wrong calls are named', async () => {
  await using engine = await open(lead);
  const { session_id } = await engine.createSession(root);
  expect(await engine.children(session_id)).toEqual([]);
  expect(await fault(engine.children('nobody'))).toEqual([
    true,
    'session_not_found',
    'no session has the id nobody',
  ]);
  expect(await fault(engine.children(7 as never))).toEqual([
    true,
    'invalid_request',
    'session_id is 7, expected text that is not blank',
  ]);
  expect(await fault(engine.children(session_id, { deep: 'yes' as never }))).toEqual([
    true,
    'invalid_request',
    'options.deep is "yes", expected true or false',
  ]);
  const stop = new AbortController();
  stop.abort();
  expect(await fault(engine.children(session_id, { signal: stop.signal }))).toEqual([
    true,
    'aborted',
    'the call was aborted',
  ]);
});

it('the query looks at the tree it asks for and at no other row, however many there are', async () => {
  const store = openMemoryStore();
  const rows = (count: number): Rows['session'][] =>
    Array.from({ length: count }, (_, n) => ({
      ...({} as Rows['session']),
      session_id: `s${n}`,
      parent_session_id: n === 0 ? null : n < 4 ? 's0' : `s${n % 97 === 0 ? 1 : n - 1}`,
      spawn_seq: n,
      announce_seq: 0,
    }));
  await store.transact(
    () => ({
      rejected: false,
      changes: rows(2000).map((row) => ({ table: 'session', key: row.session_id, row })),
      events: [],
      artifacts: [],
      effects: [],
      result: undefined,
    }),
    () => [],
  );
  const looked: string[] = [];
  const found = await store.read((view) => {
    const counting: View = {
      get: () => {
        throw new Error('no row is looked up by itself');
      },
      select: (table, index, value, limit) => {
        looked.push(`${table} ${index} ${value}`);
        return view.select(table, index, value, limit);
      },
      selectMany: () => {
        throw new Error('no rows are asked for in bulk');
      },
      distinct: () => {
        throw new Error('no index is read as a whole');
      },
    };
    return childrenOf(counting, 's0');
  });
  expect(found.map((child) => child.session_id)).toEqual(['s1', 's2', 's3']);
  expect(looked).toEqual(['session parent s0']);
  const all = await store.read((view) => childrenOf(view, 's0', true));
  expect(all.map((child) => child.spawn_seq)).toEqual(Array.from({ length: 1999 }, (_, n) => n + 1));
});
