import { cpSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { temporaryFolder } from '../../support/repository.ts';
import { executions, problemsOf } from './checked.ts';
import { contentsOf, contradictions } from './contents.ts';
import { artifactsOf, clockOf, engineOn } from './engine-on.ts';
import { type Ended, programs } from './processes.ts';
import { carryOut, outcomeOf, playOf, steps, takeUp } from './workload.ts';

const start = programs();

const END = {
  answers: [
    'Coder Written.',
    'Lead The first part is done.',
    'Lead The plan has three parts.',
    'Lead The second part is done.',
  ],
  sessions: [
    'Branch CANCELLED',
    'Clerk COMPLETED',
    'Coder COMPLETED',
    'Desk CANCELLED',
    'Doomed FAILED',
    'Flaky COMPLETED',
    'Keeper COMPLETED',
    'Lead COMPLETED',
    'Tester COMPLETED',
    'Tree CANCELLED',
  ],
  announced: [
    'Clerk COMPLETED',
    'Coder COMPLETED',
    'Doomed FAILED',
    'Flaky COMPLETED',
    'Keeper COMPLETED', // its task
    'Keeper COMPLETED', // itself
    'Tester COMPLETED',
    'Tree CANCELLED',
  ],
};

/** What the dead process had been told to be done. */
const acknowledged = ({ said }: Ended): Map<string, unknown> =>
  new Map(said.filter(([kind]) => kind === 'step').map(([, name, answer]) => [String(name), answer]));

/** Everything on the disk that another process could find, by what it is. */
async function found(path: string): Promise<string> {
  const database = await openDatabase(path, {});
  const contents = contentsOf(database);
  database.close();
  const folder = dirname(path);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}/.test(name));
  const sizes = files.map((name) => {
    const known = name.replace(/\.\d+\.[0-9a-f]+\.tmp$/, '.tmp');
    return `${known} ${statSync(join(folder, name)).size}`;
  });
  return [contents, ...sizes.sort()].join('\n');
}

/** What is wrong with the file of a dead process, seen before anybody else has written to it. */
async function wrongWith(path: string, ended: Ended): Promise<string[]> {
  const problems: string[] = [];
  const clock = clockOf(1);
  const run = playOf({ clock, executed: () => {} });
  await using engine = await engineOn(path, { run, clock, seed: 2 });
  const answers = acknowledged(ended);
  for (const { name, done, holds, perform } of steps) {
    if (!answers.has(name)) continue;
    const again = name === 'spawn Clerk'; // asked once more, it says the same
    const there = again ? (await perform(engine, { clock, executed: () => {} })) === answers.get(name) : await done(engine);
    if (!there) problems.push(`"${name}" was acknowledged and is lost`);
    if (holds && !(await holds(engine, answers.get(name)))) problems.push(`"${name}" answered what is not there`);
  }
  return problems;
}

/** A second process takes the work up and ends it; gives back what is wrong with that. */
async function carriedOn(path: string, executed: Record<string, number>): Promise<string[]> {
  const clock = clockOf(1);
  const counts = { ...executed };
  const world = {
    clock,
    executed(tool: string): void {
      counts[tool] = (counts[tool] ?? 0) + 1;
    },
  };
  {
    await using engine = await engineOn(path, { run: playOf(world), clock, seed: 2 });
    engine.start();
    await takeUp(engine);
    await carryOut(engine, world, () => {});
    const outcome = await outcomeOf(engine);
    if (JSON.stringify(outcome) !== JSON.stringify({ ...END })) return [`came to ${JSON.stringify(outcome)}`];
  }
  const twice = (counts['ledger.append'] ?? 0) > 1 ? ['a tool that may run once ran twice'] : [];
  return [...twice, ...(await problemsAt(path))];
}

async function problemsAt(path: string): Promise<string[]> {
  const database = await openDatabase(path, {});
  const found = contradictions(database);
  database.close();
  await using store = await openSqliteStore(path);
  return [...found, ...(await problemsOf(store, artifactsOf(path)))];
}

it('undisturbed, the work comes to its end, and counts the places to die at', async () => {
  const path = join(temporaryFolder(), 'engine.db');
  const whole = await start('work', path, 0).ended;
  expect([whole.code, whole.signal]).toEqual([0, null]);
  console.time('d');
  expect(await carriedOn(path, executions(whole.said))).toEqual([]);
  console.timeEnd('d');
  console.time('p');
  expect(await problemsAt(path)).toEqual([]);
  console.timeEnd('p');
  console.time('f');
  await found(path);
  console.timeEnd('f');
  console.time('w');
  expect(await wrongWith(path, whole)).toEqual([]);
  console.timeEnd('w');
  console.log(whole.said.at(-1));
});

it(
  'FM-04, FM-22, E15: killed at any write, nothing acknowledged is lost, nothing is there twice, and the next process ends the work',
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder();
    const whole = await start('work', join(folder, 'whole.db'), 0).ended;
    expect([whole.code, whole.signal, whole.err]).toEqual([0, null, expect.any(String)]);
    const [, count] = whole.said.at(-1)!;
    const states = new Set<string>();
    const problems: string[] = [];
    let killed = 0;
    let next = 1;
    const worker = async (): Promise<void> => {
      for (let k = next++; k <= Number(count); k = next++) {
        (await import('node:fs')).appendFileSync('/tmp/wc/prog', `${k} ${Date.now()}\n`);
        const path = join(folder, String(k), 'engine.db');
        const ended = await start('work', path, k).ended;
        killed += Number(ended.signal === 'SIGKILL');
        const executed = executions(ended.said);
        const state = `${await found(path)}\n${JSON.stringify(executed)}`;
        const all = await wrongWith(path, ended);
        if (!states.has(state)) {
          states.add(state);
          all.push(...(await problemsAt(path)), ...(await carriedOn(path, executed)));
        }
        problems.push(...all.map((problem) => `k = ${k}: ${problem}`));
      }
    };
    await Promise.all([worker(), worker()]);
    expect(problems).toEqual([]);
    expect(killed).toBe(count);
    console.log(count, states.size);
  },
);
