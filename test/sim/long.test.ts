import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';
import { Coverage } from './coverage.ts';
import { everything, missing } from './reached.ts';
import { simulate } from './simulate.ts';

const script = join(import.meta.dirname, 'run.mjs');
const SEED = 20_260_224;

interface Result {
  steps: number;
  counts: [string, number][];
}

/** On threads of its own, outside the test runner. */
async function run(seed: number, commands: number): Promise<{ steps: number; coverage: Coverage }> {
  const args = [script, '--seed', String(seed), '--commands', String(commands), '--threads', '2'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
  const { results } = JSON.parse(stdout) as { results: Result[] };
  const coverage = new Coverage();
  for (const { counts } of results) coverage.add(counts);
  return { steps: results.reduce((sum, { steps }) => sum + steps, 0), coverage };
}

it('1,000,000 commands keep every invariant of engine.md 5.3 and reach everything there is', async () => {
  const { steps, coverage } = await run(SEED, 1_000_000);
  expect(steps).toBeGreaterThanOrEqual(1_000_000);
  expect(missing(everything, coverage.counts)).toEqual([]);
}, 900_000);

it('so do 50,000 commands from a seed that nobody has chosen', async () => {
  const seed = Date.now() % 2 ** 31;
  process.stdout.write(`the fresh seed of this run: ${seed}\n`);
  const { steps } = await run(seed, 50_000);
  expect(steps).toBeGreaterThanOrEqual(50_000);
}, 300_000);

it('a failure prints the seed, the step and the command, and the line that replays it', async () => {
  const args = [script, '--seed', String(SEED), '--commands', '300'];
  const planted = { ...process.env, GOVKIT_SIM_PLANT: 'a permit is not given back (D-14)' };
  const failed = await promisify(execFile)(process.execPath, args, { env: planted }).catch((error) => error);
  const line = /seed (\d+), step (\d+), command \{/.exec(failed.stderr);
  expect(failed.stderr).toContain(
    `replay: node test/sim/run.mjs --seed ${line?.[1]} --commands ${line?.[2]}`,
  );
  const again = [script, '--seed', line![1]!, '--commands', line![2]!];
  const replayed = await promisify(execFile)(process.execPath, again, { env: planted }).catch(
    (error) => error,
  );
  expect(replayed.stderr).toBe(failed.stderr);
  expect(replayed.code).toBe(1);
}, 60_000);

it('4,000 commands leave the same log on SQLite as in memory, byte by byte', async () => {
  const commands = { seed: SEED, commands: 4_000, digest: true };
  let count = 0;
  const open = () => openSqliteStore(join(temporaryFolder(), `world-${++count}.db`));
  expect(await simulate({ ...commands, open })).toEqual(await simulate(commands));
}, 300_000);
