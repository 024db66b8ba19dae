import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { executions, problemsAt } from './checked.ts';
import { contentsOf } from './contents.ts';
import { clockOf, engineOn, LAST } from './engine-on.ts';
import { folderInMemory } from './folder.ts';
import { programs } from './processes.ts';
import { carryOut, chapters, outcomeOf, playOf, steps, takeUp } from './workload.ts';

const start = programs();

/** Every place; a second run on another driver may take every n-th. */
const STRIDE = Number(process.env.GOVKIT_KILL_STRIDE ?? 1);

/** A place in the middle of the first run. */
const IN_A_RUN = 250;

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
const acknowledged = (said: readonly unknown[][]): Map<string, unknown> =>
  new Map(said.filter(([kind]) => kind === 'step').map(([, name, answer]) => [String(name), answer]));

/** Everything on the disk that another process could find, by what it is. */
async function found(path: string): Promise<string> {
  if (!existsSync(path)) return '';
  const database = await openDatabase(path, {});
  const contents = contentsOf(database);
  database.close();
  const folder = dirname(path);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  ); // nobody ever reads the half-written ones
  const sizes = files.map((name) => `${name} ${statSync(join(folder, name)).size}`);
  return [contents, ...sizes.sort()].join('\n');
}

/** What is wrong with the file of a dead process, seen before anybody else has written to it. */
async function wrongWith(path: string, said: readonly unknown[][]): Promise<string[]> {
  const problems: string[] = [];
  const clock = clockOf(LAST);
  const run = playOf({ clock, executed: () => {} });
  await using engine = await engineOn(path, { run, clock, seed: LAST });
  const answers = acknowledged(said);
  for (const { name, done, holds, perform } of steps) {
    if (!answers.has(name)) continue;
    const again = name === 'spawn Clerk'; // asked once more, it says the same
    const there = again
      ? (await perform(engine, { clock, executed: () => {} })) === answers.get(name)
      : await done(engine);
    if (!there) problems.push(`"${name}" was acknowledged and is lost`);
    if (holds && !(await holds(engine, answers.get(name))))
      problems.push(`"${name}" answered what is not there`);
  }
  return problems;
}

/** A second process takes the work up and ends it; gives back what is wrong with that. */
async function carriedOn(path: string, executed: Record<string, number>): Promise<string[]> {
  const clock = clockOf(LAST);
  const counts = { ...executed };
  const world = {
    clock,
    executed(tool: string): void {
      counts[tool] = (counts[tool] ?? 0) + 1;
    },
  };
  {
    await using engine = await engineOn(path, { run: playOf(world), clock, seed: LAST });
    engine.start();
    await takeUp(engine);
    await carryOut(engine, world);
    const outcome = await outcomeOf(engine);
    if (JSON.stringify(outcome) !== JSON.stringify(END)) return [`came to ${JSON.stringify(outcome)}`];
  }
  const twice = (counts['ledger.append'] ?? 0) > 1 ? ['a tool that may run once ran twice'] : [];
  return [...twice, ...(await problemsAt(path))];
}

/** The files as the chapters before have left them, and how often their tools were executed. */
interface Base {
  folder: string;
  said: unknown[][];
}

/** Every place of a chapter, two processes at a time. */
async function killEverywhere(
  chapter: number,
  base: Base,
): Promise<{ next: Base; count: number; states: number }> {
  const folder = folderInMemory();
  const fileIn = (name: string): string => {
    cpSync(base.folder, join(folder, name), { recursive: true });
    return join(folder, name, 'engine.db');
  };
  const whole = await start('work', fileIn('whole'), `${chapter} 0`).ended;
  expect([whole.code, whole.signal]).toEqual([0, null]);
  const [, count] = whole.said.at(-1)! as [string, number];
  const states = new Set<string>();
  const problems: string[] = [];
  let killed = 0;
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let k = next; k <= count; k = next) {
      next += STRIDE;
      const path = fileIn(String(k));
      const ended = await start('work', path, `${chapter} ${k}`).ended;
      killed += Number(ended.signal === 'SIGKILL');
      const said = [...base.said, ...ended.said];
      const state = `${await found(path)}\n${JSON.stringify(ended.said)}`;
      if (!states.has(state)) {
        states.add(state);
        const executed = executions(said);
        const all = [
          ...(await wrongWith(path, said)),
          ...(await problemsAt(path)),
          ...(await carriedOn(path, executed)),
        ];
        problems.push(...all.map((problem) => `chapter ${chapter}, k = ${k}: ${problem}`));
      }
      rmSync(dirname(path), { recursive: true });
    }
  };
  await Promise.all([worker(), worker()]);
  expect(problems).toEqual([]);
  expect(killed).toBe(Math.ceil(count / STRIDE));
  return {
    next: { folder: join(folder, 'whole'), said: [...base.said, ...whole.said] },
    count,
    states: states.size,
  };
}

it('FM-04, FM-22, E15: killed at any write, nothing acknowledged is lost, nothing is there twice, and the next process ends the work', {
  timeout: 900_000,
}, async () => {
  let base: Base = { folder: folderInMemory(), said: [] };
  const covered: number[] = [];
  const different: number[] = [];
  for (const chapter of chapters.keys()) {
    const { next, count, states } = await killEverywhere(chapter, base);
    covered.push(count);
    different.push(states);
    base = next;
  }
  expect(await carriedOn(join(base.folder, 'engine.db'), executions(base.said))).toEqual([]);
  expect(Math.min(...covered)).toBeGreaterThan(60);
  expect(Math.min(...different)).toBeGreaterThan(15 / STRIDE);
});

it('FM-22, FM-23: killed at any write of a recovery, the next one recovers what is left', {
  timeout: 600_000,
}, async () => {
  const folder = folderInMemory();
  const crashed = join(folder, 'crashed');
  const first = await start('work', join(crashed, 'engine.db'), `0 ${IN_A_RUN}`).ended;
  expect(first.signal).toBe('SIGKILL');
  const executed = executions(first.said);
  const fileIn = (name: string): string => {
    cpSync(crashed, join(folder, name), { recursive: true });
    return join(folder, name, 'engine.db');
  };
  const { said } = await start('take up', fileIn('whole'), '0 0').ended;
  const [[, resumed], [, count]] = said as [[string, string[]], [string, number]];
  expect(resumed.length).toBeGreaterThan(0); // somebody ran when the process died
  expect(count).toBeGreaterThan(12);
  for (let k = 1; k <= count; k += 1) {
    const path = fileIn(String(k));
    const ended = await start('take up', path, `0 ${k}`).ended;
    expect([ended.signal, ended.said]).toEqual(['SIGKILL', []]);
    expect([...(await problemsAt(path)), ...(await carriedOn(path, executed))], `k = ${k}`).toEqual([]);
    rmSync(dirname(path), { recursive: true });
  }
});
