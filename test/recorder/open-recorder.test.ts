import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineError, openReadOnly, openRecorder, openSqliteStore } from '../../tools/engine/index.ts';
import { type Driver, openDatabase } from '../../tools/engine/store/sqlite-driver.ts';
import {
  CHAIN_START,
  chainHash,
  createRecorder,
  RecorderError,
  verifyLog,
} from '../../tools/recorder/index.ts';
import { completes, database, open, root } from '../engine/opened.ts';
import { drivers } from '../engine/store/drivers.ts';
import { temporaryFolder } from '../support/repository.ts';
import { all } from './opened-recorder.ts';
import { eventOf, samples } from './samples/index.ts';

const sample = samples.find(({ id }) => id === 'FR-EVT-007')!;
const event = (number: number): Record<string, unknown> => eventOf(sample, number);
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** How many events a file holds and where its chain ends, as another connection sees it. */
async function stateOf(path: string): Promise<unknown> {
  const look = await openDatabase(path, { readOnly: true });
  const state = look
    .prepare('SELECT (SELECT count(*) FROM events) AS count, seq, hash FROM event_head')
    .get();
  look.close();
  return { ...(state as object) };
}

const databaseError = (error: Error, said: RegExp | string): void => {
  expect(error).toBeInstanceOf(RecorderError);
  expect((error as RecorderError).code).toBe('HSK-500-DB');
  expect(error.message).toMatch(said);
};

describe('beside a running engine', () => {
  it('on the same file: the engine sees its events, and it those of the engine, in one chain', async () => {
    const path = database();
    const store = `sqlite:${path}` as const;
    await using engine = await open(completes, { store });
    engine.start();
    await using recorder = await openRecorder({ store });
    const one = await engine.createSession(root);
    await recorder.acceptAll(numbers(3).map(event));
    await engine.enqueue({ session_id: one.session_id });
    await engine.idle();
    await recorder.accept(event(4));
    const two = await engine.createSession(root);
    const seen = await all(engine.events());
    expect(seen.filter(({ event_id }) => numbers(4).some((n) => event(n).event_id === event_id))).toEqual(
      numbers(4).map(event),
    );
    expect(seen.at(-1)).toMatchObject({ fr_event_id: 'FR-EVT-SESS-001', model_session_id: two.session_id });
    expect((await all(recorder.query({ model_session_id: one.session_id }))).length).toBeGreaterThan(4);
    expect((await all(recorder.query())).map(({ event: known }) => known)).toEqual(seen);

    const look = await openDatabase(path, { readOnly: true });
    const rows = look.prepare('SELECT seq, body, hash FROM events ORDER BY seq').all() as {
      seq: number;
      body: string;
      hash: string;
    }[];
    look.close();
    let hash: string = CHAIN_START;
    for (const row of rows) {
      hash = chainHash(hash, row.seq, row.body);
      expect(row.hash).toBe(hash);
    }
    expect(rows.map(({ seq }) => seq)).toEqual(numbers(seen.length));
  });

  it('what it commits is noticed by a store that is open', async () => {
    const path = database();
    await using store = await openSqliteStore(path);
    await using recorder = await openRecorder({ store: `sqlite:${path}` });
    expect(store.changedElsewhere()).toBe(false);
    await recorder.accept(event(1));
    expect([store.changedElsewhere(), store.changedElsewhere()]).toEqual([true, false]);
  });
});

it('a recorder opened again finds what the first one stored', async () => {
  const store = `sqlite:${database()}` as const;
  await using first = await openRecorder({ store });
  await first.accept(event(1));
  await first[Symbol.asyncDispose]();
  await using second = await openRecorder({ store });
  await second.accept(event(1));
  expect(await all(second.query())).toEqual([{ seq: 1, event: event(1) }]);
  databaseError(await errorOf(first.accept(event(2))), /^the recorder is closed$/);
  databaseError(await errorOf(all(first.query())), /./);
});

it.each([
  [{ store: 'file.db' }, 'store is "file.db", expected memory: or sqlite:PATH'],
  [{}, 'store is undefined, expected'],
  [
    { store: 'memory:', patience: 3 },
    'patience is no known field, expected one of store, patience_ms, max_offered',
  ],
  [{ store: 'memory:', max_offered: 0 }, 'max_offered is 0, expected a whole number of at least 1'],
])('wrong options are the mistake of the caller: %j', async (options, said) => {
  const error = await errorOf(openRecorder(options as never));
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code: 'invalid_configuration', message: expect.stringContaining(said) });
});

it('a wrong filter is, too', async () => {
  await using recorder = await openRecorder({ store: 'memory:' });
  const error = await errorOf(all(recorder.query({ after: 3 } as never)));
  expect(error).toMatchObject({ name: 'EngineError', code: 'invalid_request' });
});

describe('11.5.1: HSK-500-DB, and the log is unchanged', () => {
  it('for a file that is no database', async () => {
    const path = database();
    writeFileSync(path, 'x'.repeat(4096));
    databaseError(await errorOf(openRecorder({ store: `sqlite:${path}` })), /not a database/);
  });

  it('for a folder that cannot be made', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    databaseError(await errorOf(openRecorder({ store: `sqlite:${file}/x/y.db` })), /^cannot make /);
  });

  it('for a file of a newer version', async () => {
    const path = database();
    await (await openSqliteStore(path))[Symbol.asyncDispose]();
    const file = await openDatabase(path, {});
    file.exec('PRAGMA user_version = 99');
    file.close();
    databaseError(
      await errorOf(openRecorder({ store: `sqlite:${path}` })),
      /schema version 99, expected \d+: update govkit/,
    );
  });

  it('for a file that another process holds, once patience is at its end; then it goes on', async () => {
    const path = database();
    await using recorder = await openRecorder({ store: `sqlite:${path}`, patience_ms: 20 });
    await recorder.accept(event(1));
    const before = await stateOf(path);
    const holder = await openDatabase(path, {});
    holder.exec('BEGIN IMMEDIATE');
    databaseError(
      await errorOf(recorder.accept(event(2))),
      /^another process has held .* nothing was written, try again$/,
    );
    databaseError(await errorOf(recorder.acceptAll([event(1), event(2)])), /^another process has held /);
    expect(await stateOf(path)).toEqual(before);
    holder.exec('ROLLBACK');
    holder.close();
    await recorder.accept(event(2));
    expect((await all(recorder.query())).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('for a file that was removed or replaced: also of an event that was in it', async () => {
    const path = database();
    await using recorder = await openRecorder({ store: `sqlite:${path}` });
    await recorder.acceptAll([event(1), event(2)]);
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    databaseError(await errorOf(recorder.accept(event(3))), /was deleted or replaced/);
    databaseError(await errorOf(recorder.acceptAll([event(1), event(2)])), /was deleted or replaced/);
    await using other = await openRecorder({ store: `sqlite:${path}` });
    databaseError(await errorOf(recorder.accept(event(3))), /was deleted or replaced/);
    expect(await all(other.query())).toEqual([]);
  });

  const wrapped =
    (driver: Driver, change: (path: string) => ReturnType<Driver>): Driver =>
    (path, options) =>
      options.readOnly ? driver(path, options) : change(path);

  it.each(drivers)(
    'for a disk that is full (%s): no event of the batch is there, smaller ones go on',
    async (_, driver) => {
      const path = database();
      await (await openSqliteStore(path, { driver }))[Symbol.asyncDispose]();
      const full = wrapped(driver, (file) => {
        const opened = driver(file, {});
        const { page_count: pages } = opened.prepare('PRAGMA page_count').get() as { page_count: number };
        opened.exec(`PRAGMA max_page_count = ${pages + 40}`);
        return opened;
      });
      await using store = await openSqliteStore(path, { driver: full });
      await using recorder = createRecorder(store);
      await recorder.accept(event(1));
      const before = await stateOf(path);
      databaseError(await errorOf(recorder.acceptAll(numbers(1_000).map(event))), /full/);
      expect(await stateOf(path)).toEqual(before);
      await recorder.acceptAll(numbers(3).map(event));
      expect((await all(recorder.query())).map(({ event: stored }) => stored)).toEqual(numbers(3).map(event));
    },
  );

  it.each(drivers)('for a file that may only be read (%s)', async (_, driver) => {
    const path = database();
    await using first = await openRecorder({ store: `sqlite:${path}` });
    await first.accept(event(1));
    const before = await stateOf(path);
    const readOnly = wrapped(driver, (file) => driver(file, { readOnly: true }));
    await using store = await openSqliteStore(path, { driver: readOnly });
    await using recorder = createRecorder(store);
    databaseError(await errorOf(recorder.accept(event(2))), /read-?only/);
    databaseError(await errorOf(recorder.acceptAll([event(1), event(2)])), /read-?only/);
    recorder.offer(eventOf(samples.find(({ id }) => id === 'FR-EVT-006')!, 3));
    await recorder[Symbol.asyncDispose]();
    expect(recorder.losses()).toMatchObject({ lost: 1, last_reason: expect.stringMatching(/read-?only/) });
    expect(await stateOf(path)).toEqual(before);
  });
});

it('the log of a recorder is one that a reader of engines reads', async () => {
  const path = database();
  await using recorder = await openRecorder({ store: `sqlite:${path}` });
  const sessions = samples.filter(({ id }) => id === 'FR-EVT-SESS-001').map((created) => eventOf(created));
  await recorder.acceptAll(sessions);
  await using log = await openReadOnly(path);
  const read = await all(log.readEvents());
  expect(read.map(({ event: stored }) => stored)).toEqual(sessions);
  expect(verifyLog(read.map(({ event: stored }) => stored))).toEqual([]);
});
