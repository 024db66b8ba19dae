import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  openEngine,
  openReadOnly,
  runScenario,
  type ScenarioProgress,
  simulatedClock,
  systemClock,
} from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';

const SCENARIO = `schema: govkit.scenario@1
title: Watched
start: 2026-02-24T09:00:00Z
sessions:
  - { as: lead, role: Coder, script: lead }
  - { as: held, role: Coder, script: held }
scripts:
  lead:
    - say: { text: Slowly., tokens: 10, ms: 50 }
    - complete: {}
  held:
    - wait: input
`;
const paused = `${SCENARIO}actions:\n  - { at: 1, do: pause, session: held }\n`;

const allowed = { unboundSessions: 'allow' } as const;

it('tells when the roots are there, and of every run at its beginning and its end', async () => {
  const heard: [number, number, number][] = [];
  const result = await runScenario(SCENARIO, {
    ...allowed,
    onProgress: ({ runs, elapsed_ms, roots, paused }) =>
      heard.push([runs, elapsed_ms, roots.size + paused.length]),
  });
  expect(heard).toEqual([
    [0, 0, 2],
    [1, 0, 2],
    [2, 0, 2],
    [2, 0, 2],
    [2, 50, 2],
  ]);
  expect(result.stats.simulated_ms).toBe(50);
});

it('stops in order: the call rejects, jobs are back in the queue', async () => {
  const stop = new AbortController();
  const db = join(temporaryFolder(), 'run.db');
  const playing = runScenario(SCENARIO, {
    ...allowed,
    store: `sqlite:${db}`,
    clock: systemClock,
    signal: stop.signal,
    onProgress: ({ runs }) => {
      if (runs === 2) stop.abort();
    },
  });
  await expect(playing).rejects.toMatchObject({ code: 'aborted' });
  await using log = await openReadOnly(db);
  const [lead] = await log.sessions();
  expect(lead).toMatchObject({ state: 'BLOCKED', blocked_on: 'dispatch' });
  expect((await log.session(lead!.session_id, 0))?.jobs.map(({ state }) => state)).toEqual(['queued']);
});

it('actions that are still to come do not hold it up when it is stopped', async () => {
  const stop = new AbortController();
  const late = `${SCENARIO}actions:\n  - { at: 600000, do: close, session: held }\n`;
  const playing = runScenario(late, {
    ...allowed,
    clock: systemClock,
    signal: stop.signal,
    onProgress: ({ runs }) => {
      if (runs === 2) stop.abort();
    },
  });
  await expect(playing).rejects.toMatchObject({ code: 'aborted' });
});

it('on the system clock it waits for what is paused, until somebody cancels it', async () => {
  const db = join(temporaryFolder(), 'run.db');
  const waits: ScenarioProgress[] = [];
  let cancelled: Promise<unknown> | undefined;
  const { sessions, violations } = await runScenario(paused, {
    ...allowed,
    store: `sqlite:${db}`,
    clock: systemClock,
    onProgress(progress) {
      if (progress.paused.length === 0) return;
      waits.push(progress);
      cancelled ??= cancel(progress.paused[0]!);
    },
  });
  await cancelled;
  expect(waits.length).toBeGreaterThan(0);
  expect(waits[0]?.paused).toEqual([waits[0]?.roots.get('held')]);
  expect(sessions.map(({ name, state }) => [name, state])).toEqual([
    ['lead', 'COMPLETED'],
    ['held', 'CANCELLED'],
  ]);
  expect(violations).toEqual([]);

  /** As another process would do it. */
  async function cancel(id: string): Promise<void> {
    await using other = await openEngine({
      store: `sqlite:${db}`,
      runner: { run: async () => ({ outcome: 'yield' }) },
      ...allowed,
    });
    await other.cancel(id, { reason: 'enough', by: 'operator' });
  }
});

it('on simulated time nobody waits for what is paused', async () => {
  const { sessions } = await runScenario(paused, { ...allowed, clock: simulatedClock(0) });
  expect(sessions[1]).toMatchObject({
    name: 'held',
    state: 'PAUSED',
    created_at: '1970-01-01T00:00:00.000Z',
  });
});

it('how far everything is, and nothing of what nobody has', async () => {
  const db = join(temporaryFolder(), 'run.db');
  await runScenario(paused, { ...allowed, store: `sqlite:${db}` });
  await using log = await openReadOnly(db);
  const { states, total_tokens } = await log.progress();
  expect({ states, total_tokens }).toEqual({ states: { COMPLETED: 1, PAUSED: 1 }, total_tokens: 10 });
  expect(await log.interrupted()).toEqual([]);
  expect(await log.session('00000000-0000-4000-8000-000000000000', 1)).toBe(undefined);
});
