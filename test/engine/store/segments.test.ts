import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../tools/engine/index.ts';
import { SEGMENT_SIZE } from '../../../tools/recorder/index.ts';
import { drivers } from './drivers.ts';
import { createdEvent, damagedLog, flip, proofAfter, proofOf, told } from './tampered.ts';

const LONG = SEGMENT_SIZE + 3;

describe.each(drivers)('%s', (_name, driver) => {
  it('F13: any bit of a seal is told of that segment; a record of it is located all the same', async () => {
    const { file } = await damagedLog(driver, LONG, 'SELECT 1');
    expect(proofOf(file)).toMatchObject({ events: LONG, segments: 1, faults: [] });
    const columns = ['segment', 'from_at', 'to_at', 'fr_event_ids', 'hash'];
    for (const [at, column] of columns.entries()) {
      const report = proofAfter(file, () => flip(file, 'event_segments', column, '1', 11 * at + 5))!;
      expect(report.faults[0]).toMatchObject({ rule: 'log/seal', what: 'segment' });
    }
    expect(told(proofAfter(file, () => file.exec('DELETE FROM event_segments'))!)).toEqual([
      `log/seal segment 1-${SEGMENT_SIZE}`,
    ]);
    const last = proofAfter(file, () =>
      file.exec(`UPDATE events SET hash = 'x' WHERE seq = ${SEGMENT_SIZE}`),
    )!;
    expect(told(last)).toEqual([`log/hash record ${SEGMENT_SIZE}`]);
  });

  it('F12: a tail over the end of a segment is set aside, at most a segment back, and seals agree', async () => {
    const near = await damagedLog(
      driver,
      LONG,
      `UPDATE events SET hash = 'x' WHERE seq > ${SEGMENT_SIZE - 2}`,
    );
    {
      await using store = await openSqliteStore(near.path, { driver });
      await store.appendEvents([createdEvent(9_001)]);
      const gaps = [{ first_seq: SEGMENT_SIZE - 1, last_seq: LONG }];
      expect(await store.verify()).toMatchObject({ faults: [], segments: 1, gaps });
    }
    const { path, file } = await damagedLog(driver, LONG, `UPDATE events SET hash = 'x'`);
    await using store = await openSqliteStore(path, { driver });
    expect(await store.gaps()).toEqual([]);
    expect((await store.verify()).faults[0]).toMatchObject({ rule: 'log/edited', seq: 1 });
    expect(file.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: LONG });
  });
});
