// The flight recorder on the bundle against the budgets of the design, beside bare SQL in the same run: the same
// rows, prepared statements, bodies and hashes ready, on the same driver, pragmas and file system.
//   node bench/recorder.mjs [MILLIONS] [FOLDER] [--cpu]   (default: 10, the system's temporary folder)
// The log of ten million events takes about 9 GB there while it runs. Prints one line per budget and exits 1 if one is
// missed; lines without a bound are for looking. --cpu counts the time of the processor, which others on a busy machine
// do not lengthen, and leaves out what the disk takes.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../dist/lib/engine.js';
import { createRecorder } from '../dist/lib/recorder.js';
import { eventOf, kindCount } from './events.mjs';
import { buildLog } from './recorder-log.mjs';
import { timelines } from './recorder-timeline.mjs';
import { commits, driverName, listen, openBare, player, record, settings } from './sql-tape.mjs';

const ROUNDS = 5;
const args = process.argv.slice(2).filter((arg) => arg !== '--cpu');
const byCpu = args.length < process.argv.length - 2;
const millions = Number(args[0] ?? 10);
if (!(millions > 0)) throw new Error(`Unexpected ${args[0]}, expected millions of events, such as 10 or 0.1`);
const folder = mkdtempSync(join(args[1] ?? tmpdir(), 'govkit-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const clock = () => {
  if (!byCpu) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const took = async (work) => {
  const started = clock();
  await work();
  return clock() - started;
};

let missed = 0;
const say = (name, text, ok) => {
  if (ok === false) missed += 1;
  const mark = { true: 'ok    ', false: 'MISSED' }[ok] ?? '      ';
  console.log(`${mark} ${name.padEnd(46)} ${text}`);
};
const perSecond = (count, ms) => `${(count / ms).toFixed(1)} k/s`;

console.log(`node ${process.versions.node}, ${driverName}, ${folder}`);

// Accepting: events of every id, scattered over 2,000 sessions of a log that has 50,000 already.
{
  const SESSIONS = 2_000;
  const EVENTS = 32_000;
  const template = join(folder, 'accept.db');
  await buildLog(template, 50_000, SESSIONS);
  const events = Array.from({ length: EVENTS }, (_, i) => eventOf(50_001 + i, SESSIONS));
  const accept = async (path, size, recorded) => {
    const store = await openSqliteStore(path);
    const all = async () => {
      const recorder = createRecorder(store);
      for (let at = 0; at < EVENTS; at += size) await recorder.acceptAll(events.slice(at, at + size));
    };
    try {
      return recorded ? await record(all) : await took(all);
    } finally {
      await store[Symbol.asyncDispose]();
    }
  };
  for (const size of [1_000, 64]) {
    const ours = [];
    const bare = [];
    let tape;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const path = join(folder, 'round.db');
      cpSync(template, path);
      listen(round === 0);
      const got = await accept(path, size, round === 0);
      rmSync(path);
      if (round === 0) tape = got;
      else ours.push(got);
      cpSync(template, path);
      const database = openBare(path);
      for (const setting of settings) database.exec(setting);
      const ms = await took(player(database, tape));
      if (round > 0) bare.push(ms);
      database.close();
      rmSync(path);
    }
    const [our, their] = [Math.min(...ours), Math.min(...bare)];
    const share = their / our;
    say(
      `events accepted, ${size} per commit`,
      `${perSecond(EVENTS, our)}, bare ${perSecond(EVENTS, their)}: ${(share * 100).toFixed(0)} % (≥ 45 %), ` +
        `${kindCount} ids, ${commits(tape)} commits`,
      share >= 0.45 && commits(tape) === EVENTS / size,
    );
  }
}

await timelines({ folder, millions, say, clock });

process.exitCode = missed > 0 ? 1 : 0;
