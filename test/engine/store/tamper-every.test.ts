import { describe, expect, it, onTestFinished } from 'vitest';
import { drivers } from './drivers.ts';
import { flip, logOf, proofAfter } from './tampered.ts';

const COUNT = 8;
const TEXTS = ['event_id', 'model_session_id', 'fr_event_id', 'body', 'hash'];

describe.each(drivers)('%s', (_name, driver) => {
  it('F13: every byte of every text of every record, and every bit of every number, is located at its record', async () => {
    const file = driver(await logOf(driver, COUNT), {});
    onTestFinished(() => void file.close());
    const wrong: string[] = [];
    let changes = 0;
    const change = (seq: number, column: string, bit: number): void => {
      const report = proofAfter(file, () => flip(file, 'events', column, `seq = ${seq}`, bit));
      if (report === null) return; // the number of another record
      changes += 1;
      const { what, seq: place, rule } = report.faults[0] ?? {};
      const moved = column === 'seq' && rule === 'log/order' && place === 0;
      if (what !== 'record' || (place !== seq && !moved))
        wrong.push(`${column} of ${seq}, bit ${bit}: ${rule} ${place}`);
    };
    for (let seq = 1; seq <= COUNT; seq += 1) {
      for (const column of TEXTS) {
        const { size } = file
          .prepare(`SELECT length(CAST(${column} AS BLOB)) AS size FROM events WHERE seq = ?`)
          .get(seq) as { size: number };
        for (let byte = 0; byte < size; byte += 1) change(seq, column, byte * 8 + ((byte + seq) % 8));
      }
      for (let bit = 0; bit < 64; bit += 1) for (const column of ['seq', 'at']) change(seq, column, bit);
    }
    expect(wrong).toEqual([]);
    expect(changes).toBeGreaterThan(4_000);
  });
});
