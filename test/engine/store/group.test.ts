import { describe, expect, it } from 'vitest';
import { openSqliteStore, type Store } from '../../../tools/engine/index.ts';
import { GROUP_LIMIT } from '../../../tools/engine/store/group-commit.ts';
import type { Database, Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import { database } from '../opened.ts';
import { committed, decision, drivers, mark, stores } from './drivers.ts';

const event = (event_id: string) =>
  ({
    event_id,
    fr_event_id: 'FR-EVT-006',
    payload: {},
    timestamp: '2026-02-24T09:00:00Z',
  }) as unknown as FlightRecorderEvent;
const put = (store: Store, key: string, events: FlightRecorderEvent[] = []) =>
  store.transact(
    () => decision([mark(key)]),
    () => events,
  );
const marks = (store: Store, keys: string[]) =>
  store.read((view) => keys.filter((key) => view.get('warning', key)));

/** A driver that says which transactions there were, and fails a statement when the test says so. */
function watched(driver: Driver): { driver: Driver; log: string[]; fail: { sql: RegExp | undefined } } {
  const log: string[] = [];
  const fail: { sql: RegExp | undefined } = { sql: undefined };
  const wrapped: Driver = (path, options) => {
    const real = driver(path, options);
    const prepare: Database['prepare'] = (sql) => {
      const statement = real.prepare(sql);
      return {
        get: (...values) => statement.get(...values),
        all: (...values) => statement.all(...values),
        run(...values) {
          if (fail.sql?.test(sql)) throw new Error(`failed: ${sql}`);
          if (/^(BEGIN I|COMMIT|ROLLBACK|SAVE|RELEASE)/.test(sql)) log.push(sql);
          return statement.run(...values);
        },
      };
    };
    return { exec: (sql) => real.exec(sql), prepare, close: () => real.close() };
  };
  return { driver: wrapped, log, fail };
}

describe.each(stores)('%s', (_name, open) => {
  it('commands that wait together are carried out and answered in their order', async () => {
    await using store = await open();
    const order: string[] = [];
    const answered: string[] = [];
    const keys = Array.from({ length: GROUP_LIMIT + 6 }, (_, at) => `k${at}`);
    await Promise.all(
      keys.map((key) =>
        store
          .transact(
            (view) => {
              const before = keys.filter((other) => view.get('warning', other)).length;
              order.push(`${key} after ${before}`);
              return decision([mark(key)]);
            },
            () => [],
          )
          .then(() => answered.push(key)),
      ),
    );
    expect(order).toEqual(keys.map((key, at) => `${key} after ${at}`));
    expect(answered).toEqual(keys);
  });

  it('a command that is refused, one that throws and one whose event is known leave the others alone', async () => {
    await using store = await open();
    await put(store, 'first', [event('e1')]);
    const answers = await Promise.allSettled([
      put(store, 'a', [event('e2')]),
      store.transact(
        () => ({ rejected: true, code: 'invalid_request', message: 'no' }),
        () => [],
      ),
      store.transact(
        () => decision([mark('unprepared')]),
        () => {
          throw new Error('no such event');
        },
      ),
      put(store, 'twice', [event('e3'), event('e1')]),
      put(store, 'b', [event('e4')]),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(answers[1]).toMatchObject({ value: { rejected: true, message: 'no' } });
    expect(answers[2]).toMatchObject({ reason: { message: 'no such event' } });
    expect(await marks(store, ['first', 'a', 'unprepared', 'twice', 'b'])).toEqual(['first', 'a', 'b']);
    expect(await store.findEvent('e3')).toBeUndefined();
    expect(await store.findEvent('e4')).toMatchObject({ event_id: 'e4' });
  });

  it('closing waits for the commands that were given', async () => {
    const store = await open();
    const answers = Promise.all([put(store, 'a'), put(store, 'b')]);
    await store[Symbol.asyncDispose]();
    expect((await answers).map((answer) => answer.rejected)).toEqual([false, false]);
  });
});

describe.each(drivers)('%s', (_name, real) => {
  const opened = async () => {
    const path = database();
    const { driver, log, fail } = watched(real);
    return { path, log, fail, store: await openSqliteStore(path, { driver }) };
  };

  it('a command alone is one transaction without a savepoint; those of one moment share one', async () => {
    const { store, log } = await opened();
    await put(store, 'alone');
    expect(log.splice(0)).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    await Promise.all(Array.from({ length: GROUP_LIMIT + 1 }, (_, at) => put(store, `k${at}`)));
    expect(log.filter((sql) => sql.startsWith('BEGIN'))).toHaveLength(2);
    expect(log.filter((sql) => sql === 'COMMIT')).toHaveLength(2);
    expect(log.filter((sql) => sql.startsWith('SAVEPOINT'))).toHaveLength(GROUP_LIMIT);
    await store[Symbol.asyncDispose]();
  });

  it('nothing is answered before it is durable', async () => {
    const { store, path } = await opened();
    const seen: number[] = [];
    const look = () => seen.push(committed(real, path).marks.length);
    await Promise.all([put(store, 'a').then(look), put(store, 'b').then(look)]);
    expect(seen).toEqual([2, 2]);
    await store[Symbol.asyncDispose]();
  });

  it('a commit that fails fails all of its commands, refusals too, and leaves nothing of them', async () => {
    const { store, path, fail } = await opened();
    fail.sql = /^COMMIT/;
    const refusal = store.transact(
      () => ({ rejected: true, code: 'invalid_request', message: 'no' }),
      () => [],
    );
    const answers = await Promise.allSettled([put(store, 'a', [event('e1')]), refusal, put(store, 'b')]);
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected', 'rejected']);
    fail.sql = undefined;
    expect(committed(real, path)).toEqual({ marks: [], events: 0 });
    expect(await marks(store, ['a', 'b'])).toEqual([]);
    await put(store, 'b', [event('e1')]);
    expect(committed(real, path)).toEqual({ marks: ['b'], events: 1 });
    const places: number[] = [];
    for await (const { seq } of store.readEvents({})) places.push(seq);
    expect(places).toEqual([1]); // the numbers of what was undone are given again, and the log has no hole
    await store[Symbol.asyncDispose]();
  });

  it('a savepoint that cannot be undone fails the whole group', async () => {
    const { store, path, fail } = await opened();
    fail.sql = /^(INSERT INTO events|ROLLBACK TO)/;
    const answers = await Promise.allSettled([put(store, 'a'), put(store, 'b', [event('e1')])]);
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected']);
    fail.sql = undefined;
    expect(committed(real, path)).toEqual({ marks: [], events: 0 });
    await store[Symbol.asyncDispose]();
  });
});
