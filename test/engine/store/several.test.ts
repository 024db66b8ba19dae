import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  openReadOnly,
  openSqliteStore,
  type Store,
  systemClock,
  systemIds,
} from '../../../tools/engine/index.ts';
import { isBusy } from '../../../tools/engine/store/busy.ts';
import { database, logOf, open, type Play, root, tool } from '../opened.ts';
import { committed, decision, drivers, mark, stores } from './drivers.ts';

/** A promise and the way to keep it. */
function promised<Value>() {
  let resolve!: (value: Value) => void;
  const promise = new Promise<Value>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

const put = (store: Store, key: string) =>
  store.transact(
    () => decision([mark(key)]),
    () => [],
  );

it('a store in memory has no other process', async () => {
  await using store = await stores[0]![1]();
  await put(store, 'a');
  expect(store.changedElsewhere()).toBe(false);
});

describe.each(drivers)('%s', (_name, driver) => {
  it('a file that somebody else holds is waited for, while this process goes on', async () => {
    const path = database();
    await using store = await openSqliteStore(path, { driver });
    const other = driver(path, {});
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const answers = Promise.all([put(store, 'a'), put(store, 'b')]);
    while (turns < 20) {
      turns += 1;
      await systemClock.turn();
    }
    expect(committed(driver, path).marks).toEqual([]);
    other.exec('INSERT INTO budget_warnings (key, body) VALUES (\'c\', \'{"key":"c"}\')');
    other.exec('COMMIT');
    other.close();
    await answers;
    expect(committed(driver, path).marks).toEqual(['a', 'b', 'c']);
  });

  it('waiting has an end, which is an error of its own, and nothing of it is written later', async () => {
    const path = database();
    await using store = await openSqliteStore(path, { driver, patience_ms: 20 });
    const other = driver(path, {});
    other.exec('BEGIN IMMEDIATE');
    const answers = await Promise.allSettled([put(store, 'a'), put(store, 'b')]);
    const refused = {
      code: 'store_busy',
      message: `another process has held ${path} for 0 s; nothing was written, try again`,
    };
    expect(answers).toMatchObject([{ reason: refused }, { reason: refused }]);
    other.exec('ROLLBACK');
    other.close();
    await put(store, 'c');
    expect(committed(driver, path).marks).toEqual(['c']);
  });

  it('busy is told from other errors by the code of either driver', () => {
    const path = database();
    const [holder, waiter] = [driver(path, {}), driver(path, {})];
    holder.exec('PRAGMA journal_mode = WAL');
    waiter.exec('PRAGMA busy_timeout = 0');
    holder.exec('BEGIN IMMEDIATE');
    const thrown = (sql: string): unknown => {
      try {
        waiter.exec(sql);
      } catch (error) {
        return error;
      }
      return null;
    };
    expect(isBusy(thrown('BEGIN IMMEDIATE'))).toBe(true);
    expect(isBusy(thrown('NOT SQL'))).toBe(false);
    expect(isBusy(null)).toBe(false);
    holder.close();
    waiter.close();
  });

  it('rows that another process changed are read anew, in a query and in the next command', async () => {
    const path = database();
    await using one = await openSqliteStore(path, { driver });
    await using two = await openSqliteStore(path, { driver });
    const row = { root_session_id: 't', spawn_seq: 0, descendants: 0 };
    const write = (store: Store, descendants: number) =>
      store.transact(
        (view) => {
          const before = view.get('tree', 't')?.descendants ?? 0;
          return decision([{ table: 'tree', key: 't', row: { ...row, descendants: before + descendants } }]);
        },
        () => [],
      );
    const seen = (store: Store) => store.read((view) => view.get('tree', 't')?.descendants);
    await write(one, 1);
    expect([await seen(one), await seen(two)]).toEqual([1, 1]);
    await write(two, 10);
    expect([await seen(one), await seen(two)]).toEqual([11, 11]);
    await write(two, 100);
    await write(one, 1000);
    expect([await seen(one), await seen(two)]).toEqual([1111, 1111]);
  });

  it('a store knows when another process has committed, once, and never for its own commits', async () => {
    const path = database();
    await using one = await openSqliteStore(path, { driver });
    await using two = await openSqliteStore(path, { driver });
    expect(one.changedElsewhere()).toBe(false);
    await put(one, 'own');
    expect([one.changedElsewhere(), two.changedElsewhere()]).toEqual([false, true]);
    await put(two, 'other');
    await one.read((view) => view.get('warning', 'other')); // looking at the rows is not noticing
    expect([one.changedElsewhere(), one.changedElsewhere()]).toEqual([true, false]);
  });

  it('many that open one new file at once find one whole database', async () => {
    const path = database();
    const all = await Promise.all(Array.from({ length: 8 }, () => openSqliteStore(path, { driver })));
    await Promise.all(all.map((store, at) => put(store, `s${at}`)));
    expect(committed(driver, path).marks).toEqual(all.map((_, at) => `s${at}`));
    await Promise.all(all.map((store) => store[Symbol.asyncDispose]()));
  });

  it('a log is cut when its store is closed, also beside another one', async () => {
    const path = database();
    await using beside = await openSqliteStore(path, { driver });
    const store = await openSqliteStore(path, { driver });
    for (let at = 0; at < 8; at += 1) await put(store, `k${at}`);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await store[Symbol.asyncDispose]();
    expect(statSync(`${path}-wal`).size).toBe(0);
    await put(beside, 'later');
    expect(committed(driver, path).marks).toHaveLength(9);
    await beside[Symbol.asyncDispose]();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('a reader sees what is committed while another writes, and after it has closed', async () => {
    const path = database();
    const store = await openSqliteStore(path, { driver });
    await put(store, 'a');
    await using reader = await openSqliteStore(path, { driver, readOnly: true });
    const marks = () => reader.read((view) => ['a', 'b', 'c'].filter((key) => view.get('warning', key)));
    const other = driver(path, {});
    other.exec('BEGIN IMMEDIATE');
    other.exec('INSERT INTO budget_warnings (key, body) VALUES (\'b\', \'{"key":"b"}\')');
    expect(await marks()).toEqual(['a']);
    other.exec('COMMIT');
    other.close();
    expect(await marks()).toEqual(['a', 'b']);
    await put(store, 'c');
    await store[Symbol.asyncDispose]();
    expect(await marks()).toEqual(['a', 'b', 'c']);
    await using later = await openSqliteStore(path, { driver, readOnly: true });
    expect(await later.read((view) => view.get('warning', 'c'))).toEqual({ key: 'c' });
  });
});

describe('two engines on one file', () => {
  const real = (path: string, run: Play, options: object = {}) =>
    open(run, { store: `sqlite:${path}`, clock: systemClock, ids: systemIds, ...options });
  const idle: Play = async () => ({ outcome: 'completed' });

  /** A runner that says when it has begun, and how it was stopped. */
  function held(work: (io: Parameters<Play>[1]) => Promise<unknown>) {
    const begun = promised<string>();
    const ended = promised<string>();
    const run: Play = async ({ session }, io) => {
      begun.resolve(session.session_id);
      try {
        await work(io);
        ended.resolve('done');
      } catch (error) {
        ended.resolve(String((error as { why?: string }).why ?? (io.signal.reason as { why: string }).why));
        throw error;
      }
      return { outcome: 'completed', close: true };
    };
    return { run, begun: begun.promise, ended: ended.promise };
  }
  const untilStopped = (io: Parameters<Play>[1]) =>
    new Promise((_, reject) => io.signal.addEventListener('abort', () => reject(io.signal.reason)));

  it('a run is aborted that another process has cancelled', async () => {
    const path = database();
    const { run, begun, ended } = held(untilStopped);
    await using ours = await real(path, run);
    await using theirs = await real(path, idle);
    const { session_id } = await ours.createSession(root);
    await ours.enqueue({ session_id });
    ours.start();
    await begun;
    await theirs.cancel(session_id, { reason: 'enough', by: 'operator' });
    expect(await ended).toBe('cancelled');
    await ours.idle();
    expect(await ours.session(session_id)).toMatchObject({ state: 'CANCELLED' });
  });

  it('a run stops at its next boundary that another process has asked to pause', async () => {
    const path = database();
    const { run, begun, ended } = held(async (io) => {
      for (;;) {
        io.chunk('.');
        await systemClock.turn();
      }
    });
    await using ours = await real(path, run);
    await using theirs = await real(path, idle);
    const { session_id } = await ours.createSession(root);
    await ours.enqueue({ session_id });
    ours.start();
    await begun;
    await theirs.pause(session_id, 'operator');
    expect(await ended).toBe('paused');
    await ours.idle();
    expect(await ours.session(session_id)).toMatchObject({ state: 'PAUSED' });
  });

  it('a job starts that another process has queued', async () => {
    const path = database();
    const { run, begun } = held(async () => {});
    await using ours = await real(path, run);
    await using theirs = await real(path, idle);
    ours.start();
    const { session_id } = await theirs.createSession(root);
    await theirs.enqueue({ session_id });
    expect(await begun).toBe(session_id);
    await ours.idle();
    expect(await theirs.session(session_id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('a run goes on that waits for a permit which another process gives back', async () => {
    const path = database();
    const scheduler = { max_concurrent_sessions_global: 1 };
    const release = promised<void>();
    const holder = held(() => release.promise);
    await using ours = await real(path, holder.run, { scheduler });
    const waiter = held(async (io) => {
      const work = tool(async () => {
        const { session_id } = await ours.createSession(root);
        await ours.enqueue({ session_id });
        ours.start();
        return holder.begun;
      });
      await io.toolCall(work);
    });
    await using theirs = await real(path, waiter.run, { scheduler });
    const { session_id } = await theirs.createSession(root);
    await theirs.enqueue({ session_id });
    theirs.start();
    const called = async () => (await logOf(ours)).some((event) => event.fr_event_id === 'FR-EVT-007');
    while (!(await called())) await systemClock.turn();
    for (let turn = 0; turn < 20; turn += 1) await systemClock.turn();
    expect(await theirs.session(session_id)).toMatchObject({ state: 'ACTIVE' });
    release.resolve();
    expect(await waiter.ended).toBe('done');
    await theirs.idle();
    expect(await ours.session(session_id)).toMatchObject({ state: 'COMPLETED' });
  });

  it('looking at the log changes nothing and sees what a running engine has written', async () => {
    const path = database();
    await using ours = await real(path, idle);
    const { session_id } = await ours.createSession(root);
    await using log = await openReadOnly(path);
    await ours.enqueue({ session_id });
    const seen: string[] = [];
    for await (const { event } of log.readEvents()) seen.push(event.type);
    expect(seen).toEqual(['session.created', 'session_scheduler.enqueue']);
  });
});
