import {
  closeSync,
  copyFileSync,
  cpSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { problemsAt } from './checked.ts';
import { contentsOf, contradictions } from './contents.ts';
import { folderInMemory } from './folder.ts';
import { programs } from './processes.ts';
import type { Boundary } from './recording.ts';

const start = programs();

const HEADER = 32;
const FRAME_HEADER = 24;

/** What a file whose log ends here holds. */
async function contentsAt(path: string): Promise<{ contents: string; wrong: string[] }> {
  rmSync(`${path}-shm`, { force: true });
  const database = await openDatabase(path, { readOnly: true });
  const contents = contentsOf(database);
  const tables = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'events'").get();
  const wrong = tables ? contradictions(database) : [];
  database.close();
  return { contents, wrong };
}

it('the log cut at every frame and half-frame, or with its last frame damaged, leaves whole transactions', {
  timeout: 600_000,
}, async () => {
  const folder = folderInMemory();
  const path = join(folder, 'engine.db');
  const { said, signal } = await start('record', path).ended;
  expect(signal).toBe('SIGKILL');
  const boundaries = said.map(([, boundary]) => boundary as Boundary);
  const log = readFileSync(`${path}-wal`);
  const frame = FRAME_HEADER + log.readUInt32BE(8);
  expect((log.length - HEADER) % frame).toBe(0);
  const frames = (log.length - HEADER) / frame;
  expect(boundaries.at(-1)!.bytes).toBe(log.length);

  const cut = join(folder, 'cut.db');
  copyFileSync(path, cut);
  const empty = (await contentsAt(cut)).contents;
  copyFileSync(`${path}-wal`, `${cut}-wal`);
  const wal = openSync(`${cut}-wal`, 'r+');
  const problems: string[] = [];
  let cuts = 0;
  let whole = boundaries.length;
  /** The last transaction that ends by here is what there is. Cuts come in falling order. */
  const expectAt = async (bytes: number, what: string): Promise<void> => {
    cuts += 1;
    while (whole > 0 && boundaries[whole - 1]!.bytes > bytes) whole -= 1;
    const { contents, wrong } = await contentsAt(cut);
    const expected = whole === 0 ? empty : boundaries[whole - 1]!.contents;
    if (contents !== expected) problems.push(`${what}: not what transaction ${whole} left`);
    problems.push(...wrong.map((problem) => `${what}: ${problem}`));
  };
  const byte = Buffer.alloc(1);
  for (let n = frames; n > 0; n -= 1) {
    const end = HEADER + n * frame;
    ftruncateSync(wal, end);
    const saved = whole;
    await expectAt(end, `cut after frame ${n}`);
    const atEnd = whole;
    readSync(wal, byte, 0, 1, end - 100);
    byte[0]! ^= 0x10;
    writeSync(wal, byte, 0, 1, end - 100);
    await expectAt(end - frame, `frame ${n} damaged`);
    byte[0]! ^= 0x10;
    writeSync(wal, byte, 0, 1, end - 100);
    ftruncateSync(wal, end - (frame >> 1));
    await expectAt(end - (frame >> 1), `cut in frame ${n}`);
    expect(saved).toBeGreaterThanOrEqual(atEnd);
  }
  for (const bytes of [HEADER, HEADER >> 1, 0]) {
    ftruncateSync(wal, bytes);
    await expectAt(bytes, `${bytes} bytes`);
  }
  closeSync(wal);
  expect(problems).toEqual([]);
  expect(whole).toBe(0);
  expect(cuts).toBe(3 * frames + 3);
  expect(frames).toBeGreaterThan(500);
  expect(boundaries.length).toBeGreaterThan(50);

  // Every invariant at the end of every transaction.
  for (const { bytes } of boundaries) {
    const at = join(folder, String(bytes));
    mkdirSync(at);
    copyFileSync(path, join(at, 'engine.db'));
    const part = openSync(join(at, 'engine.db-wal'), 'w');
    writeSync(part, log, 0, bytes);
    closeSync(part);
    cpSync(`${path}.artifacts`, join(at, 'engine.db.artifacts'), { recursive: true });
    expect(await problemsAt(join(at, 'engine.db')), `after ${bytes} bytes`).toEqual([]);
    rmSync(at, { recursive: true });
  }
});
