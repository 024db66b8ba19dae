import { describe, expect, it } from 'vitest';
import { openReadOnly, openSqliteStore, simulatedClock } from '../../../tools/engine/index.ts';
import type { Database, Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { start } from '../opened.ts';
import { drivers } from './drivers.ts';
import { createdEvent, damagedLog, logOf, proofOf, told } from './tampered.ts';

const COUNT = 12;
const clock = simulatedClock(start + 3_600_000);
const NOW = '2026-02-24T10:00:00.000Z';

const seqsOf = (file: Database): number[] =>
  (file.prepare('SELECT seq FROM events ORDER BY seq').all() as { seq: number }[]).map(({ seq }) => seq);

describe.each(drivers)('%s', (_name, driver) => {
  it.each<[string, string, { from: number; to: number; why: string; moved: string[] }]>([
    [
      'a last record that does not parse',
      `UPDATE events SET body = substr(body, 1, 40) WHERE seq = 12`,
      { from: 12, to: 12, why: 'quarantined', moved: ['12 log/unreadable'] },
    ],
    [
      'last records whose hash does not follow',
      `UPDATE events SET body = replace(body, 'turn', 'burn') WHERE seq >= 11`,
      { from: 11, to: 12, why: 'quarantined', moved: ['11 log/unlinked', '12 log/unlinked'] },
    ],
    [
      'a record beyond the head',
      `UPDATE event_head SET seq = 11, hash = (SELECT hash FROM events WHERE seq = 11)`,
      { from: 12, to: 12, why: 'quarantined', moved: ['12 log/beyond-head'] },
    ],
    [
      'a log that ends short of its head',
      `DELETE FROM events WHERE seq > 9; DELETE FROM event_names WHERE seq > 9`,
      { from: 10, to: 12, why: 'lost', moved: [] },
    ],
    [
      'a hole before the last record',
      `DELETE FROM events WHERE seq = 11`,
      { from: 11, to: 12, why: 'quarantined', moved: ['12 log/unlinked'] },
    ],
    [
      'a head that says another hash',
      `UPDATE event_head SET hash = 'x'`,
      { from: 12, to: 12, why: 'quarantined', moved: ['12 log/unlinked'] },
    ],
    [
      'no record that can be trusted',
      `UPDATE events SET hash = 'x'`,
      {
        from: 1,
        to: 12,
        why: 'quarantined',
        moved: Array.from({ length: 12 }, (_, at) => `${at + 1} log/unlinked`),
      },
    ],
  ])(
    'F12: %s is set aside and told, what came before is whole, and the next event is valid',
    async (_, sql, { from, to, why, moved }) => {
      const { path, file } = await damagedLog(driver, COUNT, sql);
      expect(proofOf(file).faults).not.toEqual([]);
      const before = file.prepare('SELECT * FROM events WHERE seq >= ? ORDER BY seq').all(from) as {
        seq: number;
        body: string;
        hash: string;
      }[];
      const names = file.prepare('SELECT session_id FROM event_names WHERE seq = 12').all() as {
        session_id: string;
      }[];
      {
        await using store = await openSqliteStore(path, { driver, clock });
        const gap = { first_seq: from, last_seq: to, why, archive: null, at: NOW };
        expect(await store.gaps()).toEqual([gap]);
        await store.appendEvents([createdEvent(900)]);
        const report = await store.verify();
        expect(report).toMatchObject({ events: from, faults: [], gaps: [gap], last_seq: to + 1 });
      }
      expect(seqsOf(file)).toEqual([...Array.from({ length: from - 1 }, (_, at) => at + 1), to + 1]);
      const kept = file.prepare('SELECT seq, why, at, record FROM event_quarantine ORDER BY n').all() as {
        seq: number;
        why: string;
        at: string;
        record: string;
      }[];
      expect(kept.map((row) => `${row.seq} ${row.why}`)).toEqual(moved);
      for (const [at, { record }] of kept.entries()) expect(JSON.parse(record)).toMatchObject(before[at]!);
      if (kept.length > 0)
        expect(JSON.parse(kept.at(-1)!.record)).toMatchObject({
          names: names.map(({ session_id }) => session_id),
        });
      // Nothing is wrong any more: the next one to open it finds nothing to do.
      await (await openSqliteStore(path, { driver, clock }))[Symbol.asyncDispose]();
      expect(proofOf(file)).toMatchObject({ faults: [], gaps: [{ why }] });
    },
  );

  it('F12: an event that was set aside may be recorded again, once', async () => {
    const { path, file } = await damagedLog(driver, COUNT, 'UPDATE events SET hash = 1 WHERE seq = 12');
    const { body } = file.prepare('SELECT body FROM events WHERE seq = 12').get() as { body: string };
    await using store = await openSqliteStore(path, { driver, clock });
    await store.appendEvents([JSON.parse(body)]);
    expect(seqsOf(file)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13]);
    expect(file.prepare('SELECT body FROM events WHERE seq = 13').get()).toEqual({ body });
  });

  it('bytes that are no text are kept in hexadecimal', async () => {
    const { path, file } = await damagedLog(
      driver,
      COUNT,
      "UPDATE events SET body = x'7bff00' WHERE seq = 12",
    );
    await (await openSqliteStore(path, { driver, clock }))[Symbol.asyncDispose]();
    const { record } = file.prepare('SELECT record FROM event_quarantine').get() as { record: string };
    expect(JSON.parse(record)).toMatchObject({ seq: 12, body_hex: '7BFF00' });
  });

  it('what was set aside cannot be put off on other records: the gap holds what it says', async () => {
    const { path, file } = await damagedLog(driver, COUNT, 'UPDATE events SET hash = 1 WHERE seq = 12');
    const store = await openSqliteStore(path, { driver, clock });
    await store.appendEvents([createdEvent(901)]);
    await store[Symbol.asyncDispose]();
    for (const change of [
      'first_seq = 11',
      "why = 'lost'",
      "at = '2026-02-24T10:00:01.000Z'",
      "hash = 'x'",
    ]) {
      file.exec('BEGIN');
      if (change.startsWith('first')) file.exec('DELETE FROM events WHERE seq = 11');
      file.exec(`UPDATE event_gaps SET ${change}`);
      expect(told(proofOf(file))).toContain(
        change.startsWith('first') ? 'log/gap gap 11-12' : 'log/gap gap 12',
      );
      file.exec('ROLLBACK');
    }
  });

  it('damage in the middle is left as it is and told by the proof; events are added behind it', async () => {
    const { path, file } = await damagedLog(driver, COUNT, `UPDATE events SET body = '{' WHERE seq = 5`);
    await using store = await openSqliteStore(path, { driver, clock });
    await store.appendEvents([createdEvent(902)]);
    expect(await store.gaps()).toEqual([]);
    expect(told(await store.verify())).toEqual(['log/edited record 5']);
    expect(seqsOf(file)).toHaveLength(COUNT + 1);
  });

  it('a log without a head is left as it is: nothing may be added to it, and it can be read', async () => {
    const { path, file } = await damagedLog(driver, COUNT, 'DELETE FROM event_head');
    await expect(openSqliteStore(path, { driver, clock })).rejects.toMatchObject({
      code: 'store_unavailable',
      message: `${path}: the log is damaged further back than at its end, so nothing can be added to it: gov recorder verify --db ${path} tells where`,
    });
    expect(seqsOf(file)).toHaveLength(COUNT);
    await using log = await openReadOnly(path);
    expect(told(await log.verify())).toEqual(['log/head head 12']);
  });

  it('a file that is only read is never mended', async () => {
    const { path, file } = await damagedLog(driver, COUNT, 'UPDATE events SET hash = 1 WHERE seq = 12');
    await using log = await openReadOnly(path);
    expect(await log.gaps()).toEqual([]);
    expect(told(await log.verify())).toEqual(['log/hash record 12']);
    expect(seqsOf(file)).toHaveLength(COUNT);
  });

  it('looks at a handful of rows when nothing is wrong, however long the log is', async () => {
    const path = await logOf(driver, 300);
    let statements = 0;
    const counting: Driver = (at, options) => {
      const opened = driver(at, options);
      const step = <Result>(work: () => Result): Result => {
        statements += 1;
        return work();
      };
      return {
        exec: (sql) => opened.exec(sql),
        close: () => opened.close(),
        prepare(sql) {
          const statement = opened.prepare(sql);
          return {
            run: (...values) => step(() => statement.run(...values)),
            get: (...values) => step(() => statement.get(...values)),
            all: (...values) => step(() => statement.all(...values)),
          };
        },
      };
    };
    await (await openSqliteStore(path, { driver: counting }))[Symbol.asyncDispose]();
    expect(statements).toBeLessThan(12);
  });
});
