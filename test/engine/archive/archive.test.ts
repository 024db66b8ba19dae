import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  applyArchive,
  openEngine,
  openSqliteStore,
  planArchive,
  simulatedClock,
} from '../../../tools/engine/index.ts';
import { openDatabase } from '../../../tools/engine/store/sqlite-driver.ts';
import { created, DAY, id, inference, moved, NOON } from '../../recorder/archive/samples.ts';
import { completes, open, played } from '../opened.ts';
import { drivers } from '../store/drivers.ts';
import { archived, at, databaseOf, folderOf, held, linesOf, mixedLog, problemsOf } from './logs.ts';

const OLD = NOON - 100 * DAY;

describe.each(drivers)('D-45 with %s', (_, driver) => {
  it('moves what may go into an archive, purges what is purged, and says where each of them is', async () => {
    const path = await databaseOf(mixedLog(2), driver);
    const before = await held(path);
    const report = await archived(path, { driver }, { driver });
    expect(report).toMatchObject({
      at: '2026-03-01T12:00:00.000Z',
      families: [
        { family: 'FR-EVT-006', archive: 0, purge: 1, kept: { live_session: 1 } },
        { family: 'FR-EVT-GOV-MAILBOX', archive: 1, purge: 0, kept: { live_session: 1 } },
        { family: 'FR-EVT-SESS', archive: 2, purge: 0, kept: { live_session: 1 } },
      ],
      archived: 3,
      purged: 1,
      strangers: [],
    });
    const after = await held(path);
    const [archive] = after.archives;
    expect(archive).toMatchObject({ first_seq: 1, last_seq: 4, events: 3, at: '2026-03-01T12:00:00.000Z' });
    expect(report.files).toEqual([
      {
        file: join(`${path}.archive`, archive!.file),
        ...{ sha256: archive!.sha256, first_seq: 1, last_seq: 4, events: 3 },
        bytes: readFileSync(join(`${path}.archive`, archive!.file)).length,
      },
    ]);
    const gap = (first_seq: number, last_seq: number, why: string) => ({
      ...{ first_seq, last_seq, why, archive: why === 'archived' ? archive!.file : null },
      ...{ at: '2026-03-01T12:00:00.000Z', hash: before.events[last_seq - 1]!.hash },
    });
    expect(after.gaps).toEqual([gap(1, 1, 'archived'), gap(2, 2, 'purged'), gap(3, 4, 'archived')]);
    expect(after.events).toEqual(before.events.slice(4));
    expect(linesOf(path, archive!.file)).toHaveLength(5);
    expect(JSON.parse(linesOf(path, archive!.file)[0]!)).toMatchObject({
      schema: 'govkit.archive@1',
      number: 1,
      continues: null,
      head: { seq: 7, hash: before.events[6]!.hash },
      runs: [
        [1, 1],
        [3, 4],
      ],
    });
    expect(await problemsOf(path)).toEqual([]);
  });
});

describe('archives of one database', () => {
  it('continue each other, and gaps of one kind are one', async () => {
    const path = await databaseOf(mixedLog(8));
    const first = await archived(path, { before: OLD + 1 }, { size: { events: 5, text: 1e6 } });
    expect(first.files.map(({ events }) => events)).toEqual([4, 3, 4, 1]);
    const { archives, gaps } = await held(path);
    const headers = archives.map(({ file }) => JSON.parse(linesOf(path, file)[0]!));
    expect(headers.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(headers.map(({ continues }) => continues)).toEqual([
      null,
      ...archives.slice(0, 3).map((a) => a.sha256),
    ]);
    expect(gaps.length).toBe(13);
    expect(await problemsOf(path)).toEqual([]);
    // Half of the sessions still live: they end, and all is one long gap of archives and purges.
    {
      await using store = await openSqliteStore(path);
      await store.appendEvents([2, 4, 6, 8].map((n) => moved(n, 'FAILED', OLD)));
    }
    const second = await archived(path);
    expect(second.files.map(({ events }) => events)).toEqual([12]);
    expect((await held(path)).events).toEqual([]);
    expect(JSON.parse(linesOf(path, second.files[0]!.file)[0]!)).toMatchObject({
      number: 5,
      continues: archives[3]!.sha256,
    });
    expect(await problemsOf(path)).toEqual([]);
  });

  it('purged records beside purged ones leave one gap, whichever goes last', async () => {
    const path = await databaseOf([
      inference(OLD),
      inference(NOON - 5 * DAY),
      inference(OLD),
      inference(NOON),
    ]);
    await archived(path);
    expect((await held(path)).gaps.map((gap) => [gap.first_seq, gap.last_seq])).toEqual([
      [1, 1],
      [3, 3],
    ]);
    await archived(path, at(NOON + 3 * DAY));
    expect((await held(path)).gaps).toMatchObject([
      { first_seq: 1, last_seq: 3, why: 'purged', archive: null },
    ]);
    expect(await problemsOf(path)).toEqual([]);
    expect(folderOf(path)).toEqual([]);
  });

  it('writing goes on: the chain of what comes after starts at the gap, and segments are sealed', async () => {
    const path = await databaseOf([created(1, OLD), moved(1, 'COMPLETED', OLD)]);
    await archived(path);
    {
      await using store = await openSqliteStore(path);
      const events = Array.from({ length: 4_100 }, (_, n) => inference(NOON, { event_id: id(n) }));
      await store.appendEvents(events);
    }
    expect(await problemsOf(path)).toEqual([]);
    const look = await openDatabase(path, { readOnly: true });
    expect(look.prepare('SELECT segment, from_at, to_at FROM event_segments').all()).toEqual([
      { segment: 0, from_at: NOON, to_at: NOON },
    ]);
    look.close();
  });

  it('a database moved together with its folder finds its archives', async () => {
    const path = await databaseOf([created(1, OLD), moved(1, 'COMPLETED', OLD)]);
    await archived(path);
    const moved_to = join(dirname(path), 'moved.db');
    renameSync(path, moved_to);
    renameSync(`${path}.archive`, `${moved_to}.archive`);
    expect(await problemsOf(moved_to)).toEqual([]);
  });

  it('--to: elsewhere they are named by their path', async () => {
    const path = await databaseOf([created(1, OLD), moved(1, 'COMPLETED', OLD)]);
    const to = join(dirname(path), 'elsewhere', 'far');
    const { files } = await archived(path, {}, { to });
    expect(dirname(files[0]!.file)).toBe(to);
    expect((await held(path)).archives[0]!.file).toBe(files[0]!.file);
    expect(await problemsOf(path)).toEqual([]);
    expect(existsSync(`${path}.archive`)).toBe(false);
  });

  it('a plan that another run has carried out meanwhile takes nothing twice', async () => {
    const path = await databaseOf(mixedLog(4));
    const plan = await planArchive(path, at(NOON));
    await archived(path);
    const after = await held(path);
    expect(await applyArchive(path, plan)).toEqual({ archived: 0, purged: 0, files: [], strangers: [] });
    expect(await held(path)).toEqual(after);
  });
});

it('two runs at once move everything once, and leave no file that nobody names', async () => {
  const path = await databaseOf(mixedLog(10));
  const plan = await planArchive(path, at(NOON));
  const how = { size: { events: 4, text: 1e6 } };
  const reports = await Promise.all([applyArchive(path, plan, how), applyArchive(path, plan, how)]);
  expect(reports.reduce((sum, report) => sum + report.archived, 0)).toBe(15);
  expect(reports.reduce((sum, report) => sum + report.purged, 0)).toBe(5);
  expect((await held(path)).events).toHaveLength(15);
  expect(await problemsOf(path)).toEqual([]);
});

describe('what cannot be proven stays', () => {
  it('a record that was edited in the database stops the run where it stands', async () => {
    const path = await databaseOf(mixedLog(3));
    const edit = await openDatabase(path, {});
    edit.exec("UPDATE events SET body = replace(body, 'Coder', 'Boss') WHERE seq = 8");
    edit.close();
    await expect(archived(path)).rejects.toMatchObject({
      code: 'store_failed',
      message: 'record 8 of the log is not what its hash says: nothing after it was archived',
    });
    expect(folderOf(path)).toEqual([]);
    expect((await held(path)).gaps).toEqual([]);
  });

  it('so does one whose neighbour is gone without a gap', async () => {
    // Behind the hole the log goes on: at its very end, opening would have set it aside.
    const path = await databaseOf(mixedLog(2));
    const edit = await openDatabase(path, {});
    edit.exec('DELETE FROM events WHERE seq = 3');
    edit.close();
    await expect(archived(path)).rejects.toMatchObject({
      message: 'record 3 of the log is missing, and no gap says why: nothing after it was archived',
    });
    expect((await held(path)).events.map(({ seq }) => seq)).toEqual([1, 2, 4, 5, 6, 7]);
  });

  it('a file in the folder that belongs to no archive of this database is left alone, and told', async () => {
    const path = await databaseOf(mixedLog(2));
    await archived(path);
    const [name] = folderOf(path);
    const other = await databaseOf(mixedLog(2));
    const stranger = join(`${other}.archive`, name!);
    mkdirSync(dirname(stranger));
    writeFileSync(stranger, readFileSync(join(`${path}.archive`, name!)));
    writeFileSync(join(dirname(stranger), '000009-0123456789abcdef.ndjson.gz'), 'no archive');
    const { strangers, archived: events } = await archived(other);
    expect(events).toBe(3);
    expect(strangers).toEqual([stranger, join(dirname(stranger), '000009-0123456789abcdef.ndjson.gz')]);
    for (const file of strangers) expect(existsSync(file)).toBe(true);
  });
});

describe('sessions of an engine', () => {
  it('count from the end of their span, and stay while one of their tree lives', async () => {
    const path = await databaseOf([]);
    const clock = simulatedClock(NOON);
    {
      await using engine = await open(completes, { store: `sqlite:${path}`, clock });
      await played(engine);
    }
    const log = await held(path);
    const ended = clock.now();
    expect((await planArchive(path, at(ended + 30 * DAY - 1))).leaving).toEqual([]);
    expect((await planArchive(path, at(ended + 30 * DAY))).leaving).toEqual([
      { first: 1, last: log.events.length, does: 'archive' },
    ]);
    await archived(path, at(ended + 30 * DAY));
    expect((await held(path)).events).toEqual([]);
    expect(await problemsOf(path)).toEqual([]);
    // The engine goes on with what it knows itself.
    await using engine = await openEngine({
      ...{ store: `sqlite:${path}`, runner: { run: completes }, unboundSessions: 'allow' },
    });
    expect(await engine.sessions()).toHaveLength(1);
  });

  it('F16: what an open work packet refers to is kept, and goes when the packet is closed', async () => {
    const path = await databaseOf([created(1, OLD, 'WP-1-A-v1'), moved(1, 'COMPLETED', OLD), inference(OLD)]);
    const open = await archived(path, { isOpenPacket: (wp) => wp === 'WP-1-A-v1' });
    expect(open.families).toEqual([
      { family: 'FR-EVT-006', archive: 0, purge: 1, kept: {} },
      { family: 'FR-EVT-SESS', archive: 0, purge: 0, kept: { open_packet: 2 } },
    ]);
    expect((await archived(path)).archived).toBe(2);
  });

  it('young records are counted without being read, in whole segments too', async () => {
    const events = Array.from({ length: 5_000 }, (_, n) =>
      inference(n < 10 ? OLD : NOON, { event_id: id(n) }),
    );
    const path = await databaseOf([...events.slice(10), ...events.slice(0, 10)]);
    const plan = await planArchive(path, at(NOON));
    expect(plan.families).toEqual([
      { family: 'FR-EVT-006', archive: 0, purge: 10, kept: { too_young: 4_990 } },
    ]);
    expect(plan.leaving).toEqual([{ first: 4_991, last: 5_000, does: 'purge' }]);
  });
});
