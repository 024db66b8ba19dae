// What a process of its own does. It is bundled, since the running node may read no TypeScript.
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startupSnapshot } from 'node:v8';
import { applyArchive } from '../../../tools/engine/archive/apply.ts';
import { planArchive } from '../../../tools/engine/archive/plan.ts';
import { builtinDriver, compiledDriver, type Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { clockOf, engineOn, LAST } from './engine-on.ts';
import { killerAt, killingDriver, killingFiles, killingHandles } from './killing.ts';
import { recordingDriver } from './recording.ts';
import { serve } from './serve.ts';
import { carryOut, chapters, playOf, takeUp } from './workload.ts';

/** At once and whole: what was said is said, however the process ends. */
const say = (...words: unknown[]): void => void writeSync(1, `${JSON.stringify(words)}\n`);

/** One chapter of the work, until the k-th place to die at. */
async function work(driver: Driver, path: string, chapter: number, k: number): Promise<void> {
  const killer = killerAt(k);
  killingFiles(killer);
  const clock = clockOf(chapter);
  const world = { clock, executed: (tool: string) => say('tool', tool), pass: () => killer.pass() };
  const engine = await engineOn(path, {
    run: playOf(world),
    clock,
    seed: chapter,
    driver: killingDriver(driver, killer),
  });
  engine.start();
  await carryOut(engine, world, (name, answer) => say('step', name, answer), chapters[chapter]);
  await engine[Symbol.asyncDispose]();
  say('count', killer.count());
}

/** What comes first after a crash. */
async function takeUpOnly(driver: Driver, path: string, k: number): Promise<void> {
  const killer = killerAt(k);
  const clock = clockOf(LAST - 1);
  const run = playOf({ clock, executed: (tool) => say('tool', tool) });
  const engine = await engineOn(path, { run, clock, seed: LAST - 1, driver: killingDriver(driver, killer) });
  say('resumed', await takeUp(engine));
  say('count', killer.count());
  process.kill(process.pid, 'SIGKILL');
}

/** The same work; says after each COMMIT how long the log of the database is, and what the database then says. */
async function record(driver: Driver, path: string): Promise<void> {
  const clock = clockOf(0);
  const world = { clock, executed: () => {} };
  const engine = await engineOn(path, {
    run: playOf(world),
    clock,
    seed: 1,
    driver: recordingDriver(driver, path, (boundary) => say('commit', boundary)),
  });
  engine.start();
  await carryOut(engine, world);
  process.kill(process.pid, 'SIGKILL'); // closing would put the log into the file
}

/** Retention at a moment, three records to a file, until the k-th place to die at. */
async function archive(driver: Driver, path: string, now: number, k: number): Promise<void> {
  const plan = await planArchive(path, { clock: { now: () => now }, isOpenPacket: () => false, driver });
  const killer = killerAt(k);
  killingHandles(killer);
  await applyArchive(path, plan, {
    driver: killingDriver(driver, killer),
    size: { events: 3, text: 1_000_000 },
  });
  say('count', killer.count());
}

async function main([
  project = '',
  program = '',
  path = '',
  argument = '',
]: readonly string[]): Promise<void> {
  const load = async () => ({ default: createRequire(join(project, 'package.json'))('better-sqlite3') });
  const driver = builtinDriver() ?? (await compiledDriver(load));
  const [chapter = 0, k = 0] = argument.split(' ').map(Number);
  if (program === 'work') await work(driver, path, chapter, k);
  if (program === 'take up') await takeUpOnly(driver, path, k);
  if (program === 'record') await record(driver, path);
  if (program === 'archive') await archive(driver, path, chapter, k);
  if (program === 'serve') await serve(path, driver, JSON.parse(argument), say);
}

// Loaded once and kept as a snapshot: of a thousand processes each would spend half its life on loading.
startupSnapshot.setDeserializeMainFunction(() => void main(process.argv.slice(2)));
