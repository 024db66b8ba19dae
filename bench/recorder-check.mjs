// gov recorder check on a log that is larger than the memory it may take.
//   node bench/recorder-check.mjs [GIGABYTES] [FOLDER] [--cpu]   (default: 1, and the system's temporary folder)
// Prints one line per budget and exits 1 if one is missed. The log is made from a simulated history and is removed
// when done; the check runs in this process, so that its memory is seen as it goes. --cpu counts the time of the
// processor, which others on a busy machine do not lengthen.
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLog } from '../dist/lib/recorder.js';
import { writeLongLog } from './long-log.mjs';

const MB = 1_048_576;
/** What the memory may grow by between the first tenth of a log and its end. */
const MOST_GROWTH_MB = 64;
const LEAST_EVENTS_A_SECOND = 100_000;

/** Asking for the memory costs as much as reading a hundred events. */
const CHUNKS_BETWEEN = 16;

const args = process.argv.slice(2).filter((arg) => arg !== '--cpu');
const byCpu = args.length < process.argv.length - 2;
const gigabytes = Number(args[0] ?? 1);
if (!(gigabytes > 0)) throw new Error(`Unexpected size ${args[0]}, expected gigabytes`);
const folder = mkdtempSync(join(args[1] ?? tmpdir(), 'govkit-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'log.ndjson');

const made = await writeLongLog(path, gigabytes * 1e9);
console.log(
  `a log of ${(made.bytes / 1e9).toFixed(2)} GB: ${made.events} events of ${made.sessions} sessions, from a simulated history`,
);

/** The most that was seen up to each mark: what a collection has not taken away yet counts. */
const marks = [0.1, 0.5, 1].map((share) => ({ share, most: 0 }));
let most = 0;

async function* bytes() {
  const file = await open(path);
  const buffer = Buffer.alloc(256 * 1024);
  let done = 0;
  let chunks = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) break;
    yield buffer.subarray(0, bytesRead);
    done += bytesRead;
    chunks += 1;
    if (chunks % CHUNKS_BETWEEN === 0) most = Math.max(most, process.memoryUsage.rss());
    for (const mark of marks) if (done <= mark.share * made.bytes) mark.most = most;
  }
  await file.close();
}

const faults = [];
const started = performance.now();
const cpu = process.cpuUsage();
const reading = await readLog(bytes(), (fault) => faults.push(fault));
const { user, system } = process.cpuUsage(cpu);
const seconds = byCpu ? (user + system) / 1e6 : (performance.now() - started) / 1000;

let missed = 0;
const say = (name, text, ok) => {
  if (!ok) missed += 1;
  console.log(`${ok ? 'ok    ' : 'MISSED'} ${name.padEnd(28)} ${text}`);
};
const inMb = (value) => `${(value / MB).toFixed(0)} MB`;
const [tenth, half, whole] = marks;
const growth = (whole.most - tenth.most) / MB;
const rate = reading.events / seconds;

say('every event was looked at', `${reading.events}`, reading.events === made.events);
say('every session was found', `${reading.sessions}`, reading.sessions === made.sessions);
say(
  'a log of the engine is clean',
  faults.length === 0 ? 'no finding' : `${faults.length}, first: ${faults[0].at}: ${faults[0].message}`,
  faults.length === 0,
);
say(
  'memory stays flat',
  `${inMb(tenth.most)} at 10 %, ${inMb(half.most)} at 50 %, ${inMb(whole.most)} at the end: ` +
    `${growth.toFixed(0)} MB more, at most ${MOST_GROWTH_MB}`,
  growth <= MOST_GROWTH_MB,
);
say(
  'events a second',
  `${Math.round(rate)}, ${(seconds / (made.bytes / 1e9)).toFixed(1)} s${byCpu ? ' of processor' : ''} for each GB, ` +
    `at least ${LEAST_EVENTS_A_SECOND}`,
  rate >= LEAST_EVENTS_A_SECOND,
);
process.exitCode = missed > 0 ? 1 : 0;
