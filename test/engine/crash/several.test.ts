import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Engine, type FlightRecorderEvent, systemClock } from '../../../tools/engine/index.ts';
import { defaultRules } from '../../../tools/kernel/index.ts';
import { problemsAt } from './checked.ts';
import { engineOn } from './engine-on.ts';
import { folderInMemory } from './folder.ts';
import { programs } from './processes.ts';
import { type Answer, alarmOf, type Serving } from './serve.ts';
import { type Served, served } from './served.ts';
import { root, spawnOf } from './workload.ts';

const start = programs();

interface Ground {
  path: string;
  diary: string;
  processes: Served[];
}

/** So many engines, each in a process of its own, on one file. */
async function several(count: number, serving: Partial<Serving> = {}): Promise<Ground> {
  const folder = folderInMemory();
  const path = join(folder, 'engine.db');
  const diary = join(folder, 'diary');
  writeFileSync(diary, '');
  const all = Array.from({ length: count }, () =>
    served(start, path, { play: 'complete', diary, ...serving }),
  );
  return { path, diary, processes: await Promise.all(all) };
}

function valueIn<Value>(answer: Answer | undefined): Value {
  if (!answer || 'error' in answer) throw new Error(`no value: ${JSON.stringify(answer)}`);
  return answer.value as Value;
}

interface Named {
  session_id: string;
  role: string;
}

async function rootOf({ processes }: Ground): Promise<Named> {
  const [answer] = await processes[0]!.order([['createSession', root('Lead')]]);
  return valueIn(answer);
}

/** Soon, and at the same moment for all. */
const soon = (): number => Date.now() + 40;

/** A look into the file from this process, which runs nothing. */
async function look<Result>(path: string, at: (engine: Engine) => Promise<Result>): Promise<Result> {
  const run = async () => ({ outcome: 'completed' as const });
  await using engine = await engineOn(path, { run, clock: systemClock });
  return await at(engine);
}

const logOf = (path: string): Promise<FlightRecorderEvent[]> =>
  look(path, async (engine) => {
    const log: FlightRecorderEvent[] = [];
    for await (const event of engine.events()) log.push(event);
    return log;
  });

interface Response {
  child_session_id: string | null;
  rejection_reason: string | null;
}

const verdicts = (answers: readonly Answer[]): string[] =>
  answers.map((answer) => valueIn<Response>(answer).rejection_reason ?? 'accepted');

const born = (answers: readonly Answer[]): string[] =>
  answers.flatMap((answer) => valueIn<Response>(answer).child_session_id ?? []);

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** Spawns that come from all processes at the same moment, none of them the same. */
async function spawnTogether({ processes }: Ground, from: Named, count: number): Promise<Answer[]> {
  const at = soon();
  const answers = await Promise.all(
    processes.map((one, n) => {
      const share = Math.floor((count + n) / processes.length);
      const requests = Array.from({ length: share }, (_, k) => `${n}-${k}`);
      return one.order(
        requests.map((request_id) => ['spawn', { ...spawnOf(from, 'Coder'), request_id }]),
        at,
      );
    }),
  );
  return answers.flat();
}

it('FM-01, INV-SPAWN-002: of 100 spawns at cap 4 from 8 processes exactly 4 are accepted, 96 refused with evidence', {
  timeout: 240_000,
}, async () => {
  const ground = await several(8);
  for (let round = 0; round < 5; round += 1) {
    const lead = await rootOf(ground);
    const answers = await spawnTogether(ground, lead, 100);
    expect(answers.filter((answer) => 'error' in answer)).toEqual([]);
    expect(tally(verdicts(answers))).toEqual({ accepted: 4, children_cap_reached: 96 });
    expect(new Set(born(answers)).size).toBe(4);
    const log = (await logOf(ground.path)).filter((event) => event.model_session_id === lead.session_id);
    expect(tally(log.map((event) => event.fr_event_id))).toMatchObject({
      'FR-EVT-SESS-SPAWN-001': 100,
      'FR-EVT-SESS-SPAWN-002': 4,
      'FR-EVT-SESS-SPAWN-003': 96,
    });
  }
  expect(await problemsAt(ground.path)).toEqual([]);
});

it('E04: with 3 of 4 places taken exactly 1 of 20 spawns from 8 processes is accepted, 100 times over', {
  timeout: 240_000,
}, async () => {
  const ground = await several(8);
  const children = new Set<string>();
  for (let round = 0; round < 100; round += 1) {
    const lead = await rootOf(ground);
    await ground.processes[0]!.order(['A', 'B', 'C'].map((role) => ['spawn', spawnOf(lead, role)]));
    const answers = await spawnTogether(ground, lead, 20);
    expect(tally(verdicts(answers))).toEqual({ accepted: 1, children_cap_reached: 19 });
    const filter = { parent_session_id: lead.session_id };
    const [sessions] = await ground.processes[1]!.order([['sessions', filter]]);
    for (const { session_id } of valueIn<Named[]>(sessions)) children.add(session_id);
    expect(children.size).toBe(4 * (round + 1));
  }
  expect(await problemsAt(ground.path)).toEqual([]);
});

it('FM-03: one request from 8 processes at once makes one child and gets one answer, after a restart too', {
  timeout: 240_000,
}, async () => {
  const ground = await several(8);
  for (let round = 0; round < 20; round += 1) {
    const lead = await rootOf(ground);
    const at = soon();
    const request = spawnOf(lead, 'Coder');
    const asked = ground.processes.map((one) => one.order([['spawn', request]], at));
    const answers = (await Promise.all(asked)).flat();
    expect(verdicts(answers)).toEqual(answers.map(() => 'accepted'));
    expect(answers).toEqual(answers.map(() => answers[0]));
    await look(ground.path, async (engine) => {
      expect({ value: await engine.spawn(request) }).toEqual(answers[0]);
      expect(await engine.sessions({ parent_session_id: lead.session_id })).toHaveLength(1);
    });
  }
  expect(await problemsAt(ground.path)).toEqual([]);
});

it('FM-05, E18: a spawn that races the cancel of its tree is cancelled with it or refused; nobody lives below', {
  timeout: 240_000,
}, async () => {
  const ground = await several(4);
  const [canceller, ...spawners] = ground.processes as [Served, ...Served[]];
  const seen = { cancelled: 0, refused: 0 };
  // Forty, and more where the load of the machine let one of the two win them all.
  const isOneSided = () => Math.min(seen.cancelled, seen.refused) === 0;
  let round = 0;
  for (; round < 40 || (round < 400 && isOneSided()); round += 1) {
    const lead = await rootOf(ground);
    const made = await canceller.order([['spawn', spawnOf(lead, 'Branch')]]);
    const branch = { session_id: born(made)[0]!, role: 'Branch' };
    const at = soon();
    const racing = spawners.map((one, n) =>
      one.order(
        ['a', 'b', 'c'].map((k) => [
          'spawn',
          { ...spawnOf(n === 0 ? lead : branch, 'Coder'), request_id: `${n}-${k}` },
        ]),
        at + (round % 4) * n,
      ),
    );
    const how = { reason: 'enough', by: 'operator', op_id: `op-${round}` };
    const cancelling = canceller.order([['cancel', lead.session_id, how]], at + (round % 10));
    const answers = (await Promise.all(racing)).flat();
    const [record] = await cancelling;
    const { cancelled_session_ids } = valueIn<{ cancelled_session_ids: string[] }>(record);
    const children = born(answers);
    expect(children.filter((id) => !cancelled_session_ids.includes(id))).toEqual([]);
    expect(cancelled_session_ids).toHaveLength(2 + children.length);
    const {
      accepted = 0,
      children_cap_reached = 0,
      requester_terminal = 0,
      ...others
    } = tally(verdicts(answers));
    expect(others).toEqual({});
    expect(accepted + children_cap_reached + requester_terminal).toBe(9);
    seen.cancelled += accepted;
    seen.refused += requester_terminal;
  }
  await look(ground.path, async (engine) => {
    const states = (await engine.sessions()).map(({ state }) => state);
    expect(tally(states)).toEqual({ CANCELLED: 2 * round + seen.cancelled });
  });
  expect(seen.cancelled).toBeGreaterThan(0); // both ends of the race were seen
  expect(seen.refused).toBeGreaterThan(0);
  expect(await problemsAt(ground.path)).toEqual([]);
});

it('INV-SCHED-001: two processes that dispatch from one file run every job once and keep the common limit', {
  timeout: 240_000,
}, async () => {
  const scheduler = {
    max_concurrent_sessions_global: 3,
    max_concurrent_sessions_per_provider: 3,
    max_concurrent_sessions_per_model: 3,
  };
  const ground = await several(2, { play: 'work', scheduler });
  const each = 30;
  const jobs: string[] = [];
  await Promise.all(
    ground.processes.map(async (one) => {
      await one.order([['start']]);
      for (let n = 0; n < each; n += 1) {
        const [made] = await one.order([['createSession', root('Lead')]]);
        const { session_id } = valueIn<Named>(made);
        const [queued] = await one.order([['enqueue', { session_id }]]);
        jobs.push(valueIn<{ job_id: string }>(queued).job_id);
      }
      await one.order([['idle']]);
    }),
  );
  for (const one of ground.processes) expect(await one.order([['idle']])).toEqual([{ value: null }]);
  const diary = readFileSync(ground.diary, 'utf8').trim().split('\n');
  const lines = diary.map((line) => line.split(' '));
  const begun = lines.filter(([what]) => what === 'begin').map(([, job]) => job);
  expect(begun.sort()).toEqual(jobs.sort());
  let running = 0;
  let most = 0;
  for (const [what] of lines) {
    running += what === 'begin' ? 1 : -1;
    most = Math.max(most, running);
  }
  expect([running, most]).toEqual([0, 3]);
  expect(new Set(lines.map(([, , pid]) => pid)).size).toBe(2); // both have worked
  for (const one of ground.processes) await one.end();
  await look(ground.path, async (engine) => {
    const states = (await engine.sessions()).map(({ state }) => state);
    expect(tally(states)).toEqual({ COMPLETED: 2 * each });
  });
  const rules = { ...defaultRules, scheduler: { ...defaultRules.scheduler, ...scheduler } };
  expect(await problemsAt(ground.path, rules)).toEqual([]);
});

it('FM-24: a stopped process whose run was cancelled meanwhile changes nothing when it goes on', {
  timeout: 60_000,
}, async () => {
  const ground = await several(2, { play: 'oversleep' });
  const [sleeper, operator] = ground.processes as [Served, Served];
  const lead = await rootOf(ground);
  await sleeper.order([['start'], ['enqueue', { session_id: lead.session_id }]]);
  expect(await sleeper.heard()).toEqual(['runs']);
  sleeper.signal('SIGSTOP');
  await operator.order([['cancel', lead.session_id, { reason: 'no answer', by: 'operator' }]]);
  const before = await logOf(ground.path);
  expect(before.at(-1)!.fr_event_id).toBe('FR-EVT-SESS-SPAWN-005');
  writeFileSync(alarmOf(ground.diary), '');
  sleeper.signal('SIGCONT');
  const tried = [await sleeper.heard(), await sleeper.heard(), await sleeper.heard()];
  expect(tried).toEqual([
    ['chunk', 'done'], // heard by nobody: it is written at the next boundary only
    ['spawn', 'the run is over'],
    ['toolCall', 'the run is over'],
  ]);
  await sleeper.end();
  expect(await logOf(ground.path)).toEqual(before);
  expect(readFileSync(ground.diary, 'utf8')).toBe('');
  await look(ground.path, async (engine) => {
    expect((await engine.sessions()).map(({ state }) => state)).toEqual(['CANCELLED']);
  });
  expect(await problemsAt(ground.path)).toEqual([]);
});
