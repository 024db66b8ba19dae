import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyArchive, openReadOnly, openSqliteStore, planArchive } from '../../../tools/engine/index.ts';
import { DAY, moved, NOON } from '../../recorder/archive/samples.ts';
import { at, databaseOf, mixedLog } from './logs.ts';

describe('FM-35: retention while a query is under way', () => {
  /** More than a page of the log, and all of it may go. */
  const long = [...Array.from({ length: 700 }, (_, n) => moved(1, 'ACTIVE', NOON - 90 * DAY + n))];
  const log_ = [...mixedLog(1), ...long];

  it.each([0, 1, 200, 300, 650])('after %i events: none twice, none missing without a gap', async (n) => {
    const path = await databaseOf(log_);
    const plan = await planArchive(path, at(NOON));
    for (const withArchives of [true, false]) {
      const copy = `${path}.${withArchives}`;
      {
        await using store = await openSqliteStore(copy);
        await store.appendEvents(log_);
      }
      await using log = await openReadOnly(copy, { archived: withArchives });
      const seen: number[] = [];
      const reading = log.readEvents()[Symbol.asyncIterator]();
      while (seen.length < n) seen.push((await reading.next()).value.seq);
      await applyArchive(copy, plan, { size: { events: 90, text: 1e6 } });
      for (let next = await reading.next(); !next.done; next = await reading.next())
        seen.push(next.value.seq);
      const gaps = await log.gaps();
      const places = Array.from({ length: log_.length }, (_, place) => place + 1);
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
      const unexplained = places.filter(
        (seq) => !seen.includes(seq) && !gaps.some((gap) => gap.first_seq <= seq && seq <= gap.last_seq),
      );
      expect(unexplained).toEqual([]);
      // With its archives only what is purged is missing.
      if (withArchives) expect(places.filter((seq) => !seen.includes(seq)).length).toBeLessThanOrEqual(1);
      else expect(seen.length).toBeGreaterThanOrEqual(n);
      rmSync(`${copy}.archive`, { recursive: true });
    }
  });
});
