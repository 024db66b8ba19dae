import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../tools/engine/index.ts';
import { temporaryFolder } from '../support/repository.ts';
import { Coverage } from './coverage.ts';
import { events, missing, often } from './reached.ts';
import { simulate } from './simulate.ts';

/** Of all seeds the one that CI has always; each world is its successor. */
const SEED = 20_260_224;

describe('the simulation', () => {
  it('keeps every invariant of engine.md 5.3 after every step, and reaches what it is for', async () => {
    const coverage = new Coverage();
    const { steps } = await simulate({ seed: SEED, commands: 3_000, coverage });
    expect(steps).toBeGreaterThanOrEqual(3_000);
    expect(missing(often, coverage.counts)).toEqual([]);
  });

  it('wants every event to be reached that the kernel emits', () => {
    const kernel = join(import.meta.dirname, '../../tools/kernel');
    const files = readdirSync(kernel, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.ts$/.test(file),
    );
    const code = files.map((file) => readFileSync(join(kernel, file), 'utf8'));
    const emitted = code.flatMap((text) => [...text.matchAll(/emit\(\s*'(FR-EVT-[A-Z0-9-]+)'/g)]);
    expect([...new Set(emitted.map(([, id]) => id))].sort()).toEqual([...events].sort());
  });

  it('gives the same log for the same seed, byte by byte, and another one for another', async () => {
    const run = (seed: number) => simulate({ seed, commands: 500, digest: true });
    const [first, second, other] = [await run(SEED), await run(SEED), await run(SEED + 1)];
    expect(second).toEqual(first);
    expect(other.digest).not.toBe(first.digest);
  });

  it('gives the same log on SQLite as in memory', async () => {
    const run = { seed: SEED, commands: 120, digest: true };
    let count = 0;
    const open = () => openSqliteStore(join(temporaryFolder(), `world-${++count}.db`));
    expect(await simulate({ ...run, open })).toEqual(await simulate(run));
  });
});
