import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { NOON } from '../../recorder/archive/samples.ts';
import { folderInMemory } from '../crash/folder.ts';
import { programs } from '../crash/processes.ts';
import { archived, databaseOf, folderOf, held, mixedLog, problemsOf } from './logs.ts';

const start = programs();

/** Every event, wherever it is; purged ones are nowhere. */
async function everything(path: string): Promise<{ hot: number; archived: number; purged: number }> {
  const { events, gaps } = await held(path);
  const sum = (why: string): number =>
    gaps
      .filter((gap) => gap.why === why)
      .reduce((total, { first_seq, last_seq }) => total + last_seq - first_seq + 1, 0);
  return { hot: events.length, archived: sum('archived'), purged: sum('purged') };
}

const total = (all: Awaited<ReturnType<typeof everything>>): number => all.hot + all.archived + all.purged;

it('killed at any write nothing is lost and nothing is twice, and the next run completes it', async () => {
  const made = await databaseOf(mixedLog(3));
  const folder = folderInMemory();
  const copy = (name: string): string => {
    cpSync(dirname(made), join(folder, name), { recursive: true });
    return join(folder, name, 'engine.db');
  };
  const whole = copy('whole');
  const ended = await start('archive', whole, `${NOON} 0`).ended;
  expect([ended.code, ended.err]).toEqual([0, '']);
  const [, count] = ended.said.at(-1) as [string, number];
  expect(await problemsOf(whole)).toEqual([]);
  expect(await everything(whole)).toEqual({ hot: 3, archived: 6, purged: 2 });
  const expected = await held(whole);

  const problems: string[] = [];
  const states = new Set<string>();
  let killed = 0;
  let next = 1;
  const worker = async (): Promise<void> => {
    for (let k = next; k <= count; k = next) {
      next += 1;
      const path = copy(String(k));
      const { signal } = await start('archive', path, `${NOON} ${k}`).ended;
      killed += Number(signal === 'SIGKILL');
      const left = await problemsOf(path);
      // A file that no transaction has named yet is what the next run tidies up.
      for (const problem of left) if (!problem.startsWith('nobody names ')) problems.push(`${k}: ${problem}`);
      const state = await everything(path);
      if (total(state) !== 11) problems.push(`${k}: ${total(state)} of 11 events`);
      states.add(`${state.hot} and ${folderOf(path).filter((name) => name.endsWith('.gz')).length}`);
      await archived(path, {}, { size: { events: 3, text: 1e6 } });
      problems.push(...(await problemsOf(path)).map((problem) => `${k}, completed: ${problem}`));
      const { events, archives } = await held(path);
      if (JSON.stringify(events) !== JSON.stringify(expected.events))
        problems.push(`${k}: other events stay`);
      if (archives.length !== expected.archives.length) problems.push(`${k}: ${archives.length} archives`);
    }
  };
  await Promise.all([worker(), worker()]);
  expect(problems).toEqual([]);
  expect(killed).toBe(count);
  expect(count).toBeGreaterThan(45);
  // Before and after each transaction, with its file there and not yet there.
  expect(states.size).toBeGreaterThanOrEqual(2 * expected.archives.length);
}, 120_000);
