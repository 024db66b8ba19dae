import { describe, expect, it } from 'vitest';
import { openReadOnly } from '../../../tools/engine/index.ts';
import type { EventQuery } from '../../../tools/recorder/index.ts';
import { drivers } from './drivers.ts';
import { damagedLog } from './tampered.ts';

const copy = (seq: string): string =>
  `INSERT INTO events SELECT ${seq}, event_id || '-${seq}', model_session_id, fr_event_id, at, body, hash FROM events WHERE seq = 2;`;

async function seqs(path: string, query: EventQuery): Promise<number[]> {
  await using log = await openReadOnly(path);
  const found: number[] = [];
  for await (const { seq } of log.readEvents(query)) found.push(seq);
  return found;
}

describe.each(drivers)('%s', (_name, driver) => {
  it('records at places that no log reaches do not keep a query from ending', async () => {
    const sql = copy('4000000000000000') + copy('9223372036854775807') + copy('-9223372036854775807');
    const { path } = await damagedLog(driver, 3, sql);
    expect(await seqs(path, {})).toEqual([1, 2, 3, 4_000_000_000_000_000]);
    expect(await seqs(path, { last: 2 })).toEqual([3, 4_000_000_000_000_000]);
    expect(await seqs(path, { last: 9, actor: 'human' })).toEqual([]);
  });

  it('a seal that is no list of ids hides no event', async () => {
    for (const ids of ['no JSON', '{}', 'null']) {
      const seal = `INSERT INTO event_segments VALUES (0, 0, 9007199254740991, '${ids}', '')`;
      const { path } = await damagedLog(driver, 3, seal);
      expect(await seqs(path, { type: 'FR-EVT-SESS-002' })).toEqual([1, 2, 3]);
    }
  });
});
