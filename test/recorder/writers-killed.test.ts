import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openRecorder } from '../../tools/engine/index.ts';
import { openDatabase } from '../../tools/engine/store/sqlite-driver.ts';
import { CHAIN_START, chainHash } from '../../tools/recorder/index.ts';
import { ROOT } from '../contracts/spec-fixture.ts';
import { database } from '../engine/opened.ts';
import { eventOf, samples } from './samples/index.ts';

const SEED = 20_260_224;
const WRITERS = 8;
const ROUNDS = 3;
const BATCHES = 16;
const template = eventOf(samples.find(({ id }) => id === 'FR-EVT-SESS-004')!);

/** Numbers that look random, and are the same with each run of the test. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** How many events each batch of a writer has; every third is a single event. */
const sizesOf = (name: number): number[] => {
  const next = random(SEED + name);
  return Array.from({ length: BATCHES }, () => (next(3) === 0 ? 1 : 2 + next(60)));
};

/** Says each batch only when it is acknowledged, in one write that is done before the next batch begins. */
const script = `
  const { writeSync } = await import('node:fs');
  const [, engine, path, name, sizes, template] = process.argv;
  const { openRecorder } = await import(engine);
  const recorder = await openRecorder({ store: 'sqlite:' + path });
  const sample = JSON.parse(template);
  let number = 0;
  for (const [batch, size] of JSON.parse(sizes).entries()) {
    const events = Array.from({ length: size }, (_, at) => {
      number += 1;
      const tail = String(number).padStart(8, '0');
      return {
        ...sample,
        event_id: '0190d6a0-7c1e-7a3b-8f00-' + String(name).padStart(4, '0') + tail,
        wsids: [name, String(batch), String(at)],
      };
    });
    if (size === 1) await recorder.accept(events[0]);
    else await recorder.acceptAll(events);
    writeSync(1, batch + '\\n');
  }
`;

interface Ended {
  acknowledged: number;
  signal: string | null;
  err: string;
}

/** A writer that is killed once it has acknowledged so many batches, wherever it is then; a high number: never. */
function write(path: string, name: number, killAfter: number): Promise<Ended> {
  const engine = pathToFileURL(join(ROOT, 'dist/lib/engine.js')).href;
  const values = [engine, path, String(name), JSON.stringify(sizesOf(name)), JSON.stringify(template)];
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...values]);
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
    if (out.split('\n').length - 1 >= killAfter) child.kill('SIGKILL');
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) =>
    child.on('close', (_, signal) => resolve({ acknowledged: out.split('\n').length - 1, signal, err })),
  );
}

interface Row {
  seq: number;
  body: string;
  hash: string;
}

it(`F12, F19: ${WRITERS} writers, killed at random (seed ${SEED}): what was acknowledged is there, once and in order`, async () => {
  const path = database();
  const next = random(SEED);
  const ends: Ended[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const names = Array.from({ length: WRITERS }, (_, at) => round * WRITERS + at);
    ends.push(...(await Promise.all(names.map((name) => write(path, name, 1 + next(BATCHES + 4))))));
  }
  expect(ends.map(({ err }) => err)).toEqual(ends.map(() => ''));
  const killed = ends.filter(({ signal }) => signal === 'SIGKILL').length;
  expect(killed).toBeGreaterThan((WRITERS * ROUNDS) / 2);

  const look = await openDatabase(path, { readOnly: true });
  const rows = look.prepare('SELECT seq, body, hash FROM events ORDER BY seq').all() as Row[];
  const head = { ...(look.prepare('SELECT seq, hash FROM event_head').get() as object) };
  look.close();

  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
  let hash: string = CHAIN_START;
  for (const row of rows) {
    hash = chainHash(hash, row.seq, row.body);
    expect(row.hash).toBe(hash);
  }
  expect(head).toEqual({ seq: rows.length, hash });

  // A batch is one commit, so its events stand together; a writer begins one when the one before is acknowledged.
  const stored = rows.map(({ body }) => (JSON.parse(body) as { wsids: string[] }).wsids.map(Number));
  const batches = ends.map(() => 0);
  for (let at = 0; at < stored.length; ) {
    const [name, batch] = stored[at]! as [number, number];
    const size = sizesOf(name)[batch]!;
    expect(batch).toBe(batches[name]);
    expect(stored.slice(at, at + size)).toEqual(Array.from({ length: size }, (_, n) => [name, batch, n]));
    batches[name]! += 1;
    at += size;
  }
  const unacknowledged = batches.map((count, name) => count - ends[name]!.acknowledged);
  expect(unacknowledged.filter((count) => count !== 0 && count !== 1)).toEqual([]);

  await using recorder = await openRecorder({ store: `sqlite:${path}` });
  await recorder.accept({ ...template, event_id: '0190d6a0-7c1e-7a3b-8f00-ffff00000001' });
  const after = [];
  for await (const { seq } of recorder.query({ after_seq: rows.length })) after.push(seq);
  expect(after).toEqual([rows.length + 1]);
}, 120_000);
