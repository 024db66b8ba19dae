import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import type { Database, Driver } from '../../../tools/engine/store/sqlite-driver.ts';
import { database } from '../opened.ts';
import { drivers } from './drivers.ts';
import { createdEvent, flip, logOf, proofAfter, proofOf, told } from './tampered.ts';

const COUNT = 40;
const COLUMNS = ['seq', 'event_id', 'model_session_id', 'fr_event_id', 'at', 'body', 'hash'] as const;
const seqs = fc.integer({ min: 1, max: COUNT });
const bits = fc.nat(20_000);

/** Everything but the number, which says the place: two records change places whole. */
const swapWhole = (file: Database, one: number, other: number): void => {
  file.exec(`UPDATE events SET seq = -1 WHERE seq = ${one}; UPDATE events SET seq = ${one} WHERE seq = ${other};
    UPDATE events SET seq = ${other} WHERE seq = -1`);
};

const swapBodies = (file: Database, one: number, other: number): void => {
  const [a, b] = [one, other].map((seq) => `(SELECT body FROM events WHERE seq = ${seq})`);
  file.exec(`CREATE TEMP TABLE pair AS SELECT ${a} AS a, ${b} AS b;
    UPDATE events SET body = (SELECT b FROM pair) WHERE seq = ${one};
    UPDATE events SET body = (SELECT a FROM pair) WHERE seq = ${other}`);
};

async function opened(driver: Driver): Promise<Database> {
  const file = driver(await logOf(driver, COUNT), {});
  onTestFinished(() => void file.close());
  return file;
}

describe.each(drivers)('%s', (_name, driver) => {
  it('a log that nobody touched is clean', async () => {
    const file = await opened(driver);
    const report = proofOf(file);
    expect(report).toMatchObject({ events: COUNT, segments: 0, first_seq: 1, last_seq: COUNT, gaps: [] });
    expect(report.faults).toEqual([]);
    expect(report.head).toEqual(file.prepare('SELECT seq, hash FROM event_head').get());
  });

  it('F13: a seal of a segment that no log can have is told', async () => {
    const file = await opened(driver);
    const report = proofAfter(file, () =>
      file.exec("INSERT INTO event_segments VALUES (-3, 1, 2, '[]', 'aa')"),
    );
    expect(report!.faults.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'log/seal Unexpected seal of segment -3, expected none: the log does not have all of it',
    ]);
  });

  it('F13: any bit of any column of any record changed is located at that record, first', async () => {
    const file = await opened(driver);
    let changed = 0;
    fc.assert(
      fc.property(seqs, fc.constantFrom(...COLUMNS), bits, (seq, column, bit) => {
        const report = proofAfter(file, () => flip(file, 'events', column, `seq = ${seq}`, bit));
        fc.pre(report !== null);
        changed += 1;
        const first = report.faults[0]!;
        expect([first.what, first.seq]).toEqual(['record', first.rule === 'log/order' ? 0 : seq]);
      }),
      { numRuns: 60 },
    );
    expect(changed).toBeGreaterThan(30);
  });

  it('F13: any bit of a name beside a record, or the name gone or added, is located at that record', async () => {
    const file = await opened(driver);
    const rows = file.prepare('SELECT session_id, seq FROM event_names').all() as {
      session_id: string;
      seq: number;
    }[];
    expect(rows.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(
        fc.constantFrom(...rows),
        fc.constantFrom('session_id', 'seq'),
        bits,
        (row, column, bit) => {
          const where = `session_id = '${row.session_id}' AND seq = ${row.seq}`;
          const report = proofAfter(file, () => flip(file, 'event_names', column, where, bit));
          fc.pre(report !== null);
          expect(told(report)).toContain(`log/column record ${row.seq}`);
          const gone = proofAfter(file, () => file.exec(`DELETE FROM event_names WHERE ${where}`))!;
          expect(told(gone)).toEqual([`log/column record ${row.seq}`]);
        },
      ),
      { numRuns: 20 },
    );
    const added = proofAfter(file, () => file.exec("INSERT INTO event_names VALUES ('nobody', 7)"))!;
    expect(told(added)).toEqual(['log/column record 7']);
    expect(added.faults[0]!.message).toBe(
      'Unexpected name nobody beside record 7, expected none: its body does not say so',
    );
  });

  it('F13: any bit of the head changed is told of the head', async () => {
    const file = await opened(driver);
    fc.assert(
      fc.property(fc.constantFrom('seq', 'hash'), bits, (column, bit) => {
        const report = proofAfter(file, () => flip(file, 'event_head', column, 'only = 1', bit))!;
        expect(report.faults).toHaveLength(1);
        expect(report.faults[0]).toMatchObject({ rule: 'log/head', what: 'head' });
      }),
      { numRuns: 20 },
    );
    expect(told(proofAfter(file, () => file.exec('DELETE FROM event_head'))!)).toEqual([
      `log/head head ${COUNT}`,
    ]);
  });

  it('F13: a record removed is located, the last ones by the head', async () => {
    const file = await opened(driver);
    for (let seq = 1; seq <= COUNT; seq += 1) {
      const report = proofAfter(file, () => file.exec(`DELETE FROM events WHERE seq = ${seq}`))!;
      const rule = seq === COUNT ? 'log/truncated' : 'log/missing';
      expect(told(report)).toEqual([`${rule} record ${seq}`]);
    }
    const cut = proofAfter(file, () =>
      file.exec('DELETE FROM events WHERE seq > 30; DELETE FROM event_names WHERE seq > 30'),
    )!;
    expect(told(cut)).toEqual([`log/truncated record 31-${COUNT}`]);
    expect(cut.faults[0]!.message).toBe(
      `Unexpected end of the log at 30, expected it to go on to its head at ${COUNT}`,
    );
  });

  it('F13: two records that change places are located, whole or their bodies alone', async () => {
    const file = await opened(driver);
    fc.assert(
      fc.property(seqs, seqs, fc.constantFrom(swapWhole, swapBodies), (one, other, swap) => {
        fc.pre(one !== other);
        const report = proofAfter(file, () => swap(file, one, other))!;
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        expect(told(report)[0]).toBe(`log/edited record ${first}`);
        expect(report.faults.map(({ seq }) => seq)).toContain(second);
      }),
      { numRuns: 20 },
    );
  });

  it.each<[string, string, string[]]>([
    ['the body', "body = replace(body, 'turn', 'Turn')", ['log/edited record 5']],
    ['the hash', "hash = replace(hash, substr(hash, 1, 1), 'x')", ['log/hash record 5']],
    ['the type', "fr_event_id = 'FR-EVT-SESS-001'", ['log/column record 5']],
    ['the number', 'seq = 41', ['log/missing record 5', 'log/edited record 41', 'log/beyond-head record 41']],
    ['a blob in the place of a text', 'event_id = CAST(event_id AS BLOB)', ['log/column record 5']],
    ['something behind a NUL', 'body = body || char(0) || 1', ['log/edited record 5']],
    ['an id, behind a NUL', 'event_id = event_id || char(0) || 1', ['log/column record 5']],
    ['the session, behind a NUL', 'model_session_id = model_session_id || char(0)', ['log/column record 5']],
    ['the hash, behind a NUL', 'hash = hash || char(0)', ['log/hash record 5']],
    ['a blob in the place of a hash', 'hash = CAST(hash AS BLOB)', ['log/hash record 5']],
    ['no session', 'model_session_id = NULL', ['log/column record 5']],
    ['the time', 'at = at + 1', ['log/column record 5']],
  ])('what was changed is told apart: %s', async (_, set, expected) => {
    const file = await opened(driver);
    const report = proofAfter(file, () => file.exec(`UPDATE events SET ${set} WHERE seq = 5`))!;
    expect(told(report)).toEqual(expected);
  });

  it('columns that are parted elsewhere than the body says are told, though they are the same one after the other', async () => {
    const path = database();
    {
      await using store = await openSqliteStore(path, { driver });
      const event = createdEvent(1);
      await store.appendEvents([{ ...event, model_session_id: 'one\n+two' } as typeof event]);
    }
    const file = driver(path, {});
    onTestFinished(() => void file.close());
    expect(proofOf(file).faults).toEqual([]);
    const parted = "fr_event_id = fr_event_id || char(10) || '+one', model_session_id = 'two'";
    const report = proofAfter(file, () => file.exec(`UPDATE events SET ${parted}`))!;
    expect(told(report)).toEqual(['log/column record 1']);
  });

  it('the last record is told apart by the head', async () => {
    const file = await opened(driver);
    const body = proofAfter(file, () =>
      file.exec(`UPDATE events SET body = body || ' ' WHERE seq = ${COUNT}`),
    )!;
    expect(told(body)).toEqual([`log/edited record ${COUNT}`]);
    const hash = proofAfter(file, () => file.exec(`UPDATE events SET hash = 'x' WHERE seq = ${COUNT}`))!;
    expect(told(hash)).toEqual([`log/hash record ${COUNT}`]);
  });

  it('every one of several faults is told, in the order of the log', async () => {
    const file = await opened(driver);
    const report = proofAfter(file, () =>
      file.exec(`UPDATE events SET body = '{}' WHERE seq IN (3, 20); DELETE FROM events WHERE seq BETWEEN 9 AND 11;
        UPDATE events SET at = at + 1 WHERE seq = 30; UPDATE event_head SET hash = 'x'`),
    )!;
    expect(told(report)).toEqual([
      'log/edited record 3',
      'log/missing record 9-11',
      'log/edited record 20',
      'log/column record 30',
      `log/head head ${COUNT}`,
    ]);
  });

  it.each<[string, string, string[]]>([
    ['over a record that is there', "(5, 5, 'purged', NULL, 'x', 'x')", ['log/gap gap 5']],
    ['behind the end', "(41, 44, 'purged', NULL, 'x', 'x')", ['log/beyond-head record 41-44']],
    ['far behind it', "(50, 54, 'purged', NULL, 'x', 'x')", ['log/gap gap 50-54']],
    ['that ends before it begins', "(41, 12, 'purged', NULL, 'x', 'x')", ['log/gap gap 41-12']],
  ])('a gap that somebody invented %s is told', async (_, values, expected) => {
    const file = await opened(driver);
    const report = proofAfter(file, () => file.exec(`INSERT INTO event_gaps VALUES ${values}`))!;
    expect(told(report)).toEqual(expected);
  });

  it('a gap does not pass a removed record off as damage, or as archived where nobody knows the archive', async () => {
    const file = await opened(driver);
    const remove = (why: string, archive: string) => () =>
      file.exec(`INSERT INTO event_gaps SELECT 5, 6, '${why}', ${archive}, '2026-02-24T09:00:00.000Z', hash FROM events WHERE seq = 6;
        DELETE FROM events WHERE seq IN (5, 6); DELETE FROM event_names WHERE seq IN (5, 6)`);
    for (const why of ['lost', 'quarantined', 'tidied'])
      expect(told(proofAfter(file, remove(why, 'NULL'))!)).toEqual(['log/gap gap 5-6']);
    expect(proofAfter(file, remove('archived', "'a.gz'"))!.faults[0]!.message).toBe(
      'Unexpected gap 5-6 (archived), expected an archive that has these records, not "a.gz"',
    );
    const archived = proofAfter(file, () => {
      remove('archived', "'a.gz'")();
      file.exec("INSERT INTO event_archives VALUES ('a.gz', 'x', 1, 9, 9, 'x')");
    })!;
    expect(archived).toMatchObject({ faults: [], events: COUNT - 2, gaps: [{ first_seq: 5, last_seq: 6 }] });
  });

  it('a head that was noted holds, and is missed where the log was written anew', async () => {
    const file = await opened(driver);
    const at = (seq: number) =>
      file.prepare('SELECT seq, hash FROM events WHERE seq = ?').get(seq) as { seq: number; hash: string };
    expect(proofOf(file, at(12)).faults).toEqual([]);
    expect(proofOf(file, { seq: 0, hash: '0'.repeat(64) }).faults).toEqual([]);
    expect(proofOf(file, { seq: 12, hash: at(13).hash }).faults[0]!.message).toBe(
      `Unexpected hash ${at(12).hash.slice(0, 12)}… at 12, expected ${at(13).hash.slice(0, 12)}… as it was noted`,
    );
    expect(proofOf(file, { seq: 99, hash: at(13).hash }).faults).toMatchObject([
      {
        rule: 'log/not-continued',
        message: `Unexpected end of the log at ${COUNT}, expected it to go on from 99 as it was noted`,
      },
    ]);
  });
});
