import { describe, expect, it } from 'vitest';
import { openReadOnly, openSqliteStore, seededIds } from '../../../tools/engine/index.ts';
import { migrations } from '../../../tools/engine/store/migrations.ts';
import type { Database } from '../../../tools/engine/store/sqlite-driver.ts';
import { SCHEMA_VERSION } from '../../../tools/engine/store/sqlite-schema.ts';
import type { SessionRow } from '../../../tools/kernel/index.ts';
import { database, logOf, open, type Play } from '../opened.ts';
import { drivers } from './drivers.ts';
import { LATER, madeByVersion1, madeVersion2, rowsOf, TABLES_OF_1, versionOf } from './version-1.ts';

const layout = (database: Database): unknown =>
  database.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all();

it('the migrations lead from version 1 to this one without a gap', () => {
  expect(migrations.map(({ to }) => to)).toEqual(
    Array.from({ length: SCHEMA_VERSION - 1 }, (_, at) => at + 2),
  );
});

describe.each(drivers)('%s', (_name, driver) => {
  const prepared = () => madeByVersion1(driver);

  it('a database of version 1 has afterwards the tables, the indexes and the rows of one made today', async () => {
    const { today, path } = await prepared();
    await (await openSqliteStore(path, { driver }))[Symbol.asyncDispose]();
    const [made, brought] = [driver(today, { readOnly: true }), driver(path, { readOnly: true })];
    expect(versionOf(brought)).toEqual({ user_version: SCHEMA_VERSION });
    expect(layout(brought)).toEqual(layout(made));
    const [now, was] = [rowsOf(brought), rowsOf(made)];
    for (const [name, rows] of Object.entries(was)) {
      const later = (LATER[name as keyof typeof LATER] ?? []) as string[];
      const left = TABLES_OF_1.has(name) ? rows : []; // version 1 knew neither tool calls nor processes
      const shared = (body: object) =>
        Object.fromEntries(Object.entries(body).filter(([key]) => !later.includes(key)));
      const said = (all: typeof rows) => all.map(({ key, body }) => ({ key, body: shared(body) }));
      expect([name, said(now[name]!)]).toEqual([name, said(left)]);
      for (const { body } of now[name]!) expect(Object.keys(body)).toEqual(expect.arrayContaining(later));
    }
    // What follows from the rest of a row is as an engine of today has it; of the rest nobody knew.
    for (const [index, { body }] of now.session!.entries()) {
      const { inbox_announced, runs, thread_tail_id } = was.session![index]!.body as SessionRow;
      expect(body).toMatchObject({
        inbox_announced,
        runs,
        thread_tail_id,
        last_activity_at: null,
        crash_resumes: [],
      });
    }
    expect(
      now.session!.map(({ body }) => (body as SessionRow).thread_tail_id).filter((id) => id !== '').length,
    ).toBeGreaterThan(1);
    expect(Object.values(rowsOf(brought)).filter((rows) => rows.length > 0).length).toBeGreaterThan(9);
    expect(brought.prepare('SELECT * FROM events').all()).toEqual(made.prepare('SELECT * FROM events').all());
    made.close();
    brought.close();
  });

  it('an engine goes on with it: what was queued runs, in its order', async () => {
    const { path } = await prepared();
    const played: number[] = [];
    const run: Play = async ({ job }) => {
      played.push(job.priority);
      return { outcome: 'completed', close: true };
    };
    const scheduler = { max_concurrent_sessions_global: 1 };
    await using engine = await open(run, { store: `sqlite:${path}`, scheduler, ids: seededIds(5) });
    const before = (await logOf(engine)).length;
    engine.start();
    await engine.idle();
    expect(played).toEqual([5, 5, 9]);
    expect((await logOf(engine)).length).toBeGreaterThan(before);
  });

  it('a newer version is refused with one line that says what to do, and is left alone', async () => {
    const path = database();
    await (await openSqliteStore(path, { driver }))[Symbol.asyncDispose]();
    const newer = driver(path, {});
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    const refused = {
      code: 'store_unavailable',
      message: `${path} has schema version 99, expected ${SCHEMA_VERSION}: update govkit, or name another file`,
    };
    await expect(openSqliteStore(path, { driver })).rejects.toMatchObject(refused);
    await expect(openReadOnly(path)).rejects.toMatchObject(refused);
    const after = driver(path, { readOnly: true });
    expect(versionOf(after)).toEqual({ user_version: 99 });
    after.close();
  });

  it('a read-only open of an older version changes nothing and says what to do', async () => {
    const { path } = await prepared();
    await expect(openSqliteStore(path, { driver, readOnly: true })).rejects.toMatchObject({
      code: 'store_unavailable',
      message: `${path} has schema version 1, expected ${SCHEMA_VERSION}: open it once for writing (openEngine, gov session recover) to update it`,
    });
    const after = driver(path, { readOnly: true });
    expect(versionOf(after)).toEqual({ user_version: 1 });
    after.close();
  });

  it.each([1, 2])('the log of version %i is chained under its numbers, and proves clean', async (version) => {
    const { today, path } = await prepared();
    if (version === 2) madeVersion2(driver, today);
    const at = version === 2 ? today : path;
    const before = driver(at, {});
    const events = before.prepare('SELECT seq, event_id, body FROM events ORDER BY seq').all();
    before.close();
    await using store = await openSqliteStore(at, { driver });
    expect(await store.verify()).toMatchObject({ faults: [], gaps: [], events: events.length });
    const after = driver(at, { readOnly: true });
    expect(after.prepare('SELECT seq, event_id, body FROM events ORDER BY seq').all()).toEqual(events);
    after.close();
    expect(events.length).toBeGreaterThan(30);
  });

  it('a body of version 2 that is no event, or a number without one, does not lock the file', async () => {
    const { today } = await prepared();
    madeVersion2(driver, today);
    const before = driver(today, {});
    before.exec("UPDATE events SET body = 'torn {' WHERE seq = 7; DELETE FROM events WHERE seq IN (4, 5)");
    before.close();
    const clock = { now: () => Date.parse('2026-02-24T09:00:00Z') };
    await using store = await openSqliteStore(today, { driver, clock });
    const at = '2026-02-24T09:00:00.000Z';
    const gaps = [
      { first_seq: 4, last_seq: 5, why: 'lost', archive: null, at },
      { first_seq: 7, last_seq: 7, why: 'quarantined', archive: null, at },
    ];
    expect(await store.gaps()).toEqual(gaps);
    expect(await store.verify()).toMatchObject({ faults: [], gaps });
    const after = driver(today, { readOnly: true });
    expect(after.prepare('SELECT seq, why, record FROM event_quarantine').all()).toEqual([
      { seq: 7, why: 'log/unreadable', record: '{"seq":7,"body":"torn {"}' },
    ]);
    after.close();
  });
});
