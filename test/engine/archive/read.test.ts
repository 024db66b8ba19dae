import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type EventQuery, openReadOnly, type StoredEvent } from '../../../tools/engine/index.ts';
import { id } from '../../recorder/archive/samples.ts';
import { archived, databaseOf, folderOf, mixedLog } from './logs.ts';

async function all(items: AsyncIterable<StoredEvent>): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const size = { events: 5, text: 1e6 };

/** Without what is purged, which nobody can read any more. */
const archivable = mixedLog(6).filter(({ fr_event_id }) => fr_event_id !== 'FR-EVT-006');

describe('a query over the log and its archives', () => {
  const queries: [string, EventQuery][] = [
    ['everything', {}],
    ['one session', { model_session_id: id(3) }],
    ['a type', { type: 'session.created' }],
    ['places', { after_seq: 2, before_seq: 11 }],
    ['the oldest', { limit: 4 }],
    ['none', { limit: 0 }],
    ['the newest', { last: 3 }],
    ['the newest of a type', { type: 'gov_mailbox_message_created', last: 2, before_seq: 12 }],
    ['a time that nothing has', { from: '2030-01-01T00:00:00Z' }],
  ];

  it.each(queries)('finds the same as before: %s', async (_, query) => {
    const path = await databaseOf(archivable);
    await using before = await openReadOnly(path);
    const expected = await all(before.readEvents(query));
    expect((await archived(path, {}, { size })).files).toHaveLength(2);
    await using log = await openReadOnly(path, { archived: true });
    expect(await all(log.readEvents(query))).toEqual(expected);
    expect(await log.gaps()).toEqual([]);
    await using hot = await openReadOnly(path);
    expect((await hot.gaps()).length).toBeGreaterThan(2);
  });

  it('F16: purge leaves gap markers, and a query says what is missing and why', async () => {
    const path = await databaseOf(mixedLog(2));
    await archived(path);
    await using log = await openReadOnly(path, { archived: true });
    expect((await all(log.readEvents())).map(({ seq }) => seq)).toEqual([1, 3, 4, 5, 6, 7]);
    expect(await log.gaps()).toEqual([
      { first_seq: 2, last_seq: 2, why: 'purged', archive: null, at: '2026-03-01T12:00:00.000Z' },
    ]);
  });

  it('an archive that was taken away is a gap again', async () => {
    const path = await databaseOf(archivable);
    await archived(path);
    const [file] = folderOf(path);
    renameSync(join(`${path}.archive`, file!), `${path}.gone`);
    await using log = await openReadOnly(path, { archived: true });
    expect((await all(log.readEvents())).map(({ seq }) => seq)).toEqual([4, 5, 9, 10, 14, 15]);
    expect((await log.gaps()).map(({ why, archive }) => [why, archive])).toEqual(
      Array.from({ length: 3 }, () => ['archived', file]),
    );
  });

  it.each([
    ['edited', (text: string) => text.replace('Coder', 'coder'), 'is not what its hash says'],
    ['cut off', (text: string) => text.split('\n').slice(0, 2).join('\n'), 'is not there'],
  ])('a record that was %s is no answer', async (_, change, what) => {
    const path = await databaseOf(archivable);
    await archived(path);
    const file = join(`${path}.archive`, folderOf(path)[0]!);
    writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(file)).toString())));
    await using log = await openReadOnly(path, { archived: true });
    await expect(all(log.readEvents())).rejects.toMatchObject({
      code: 'store_failed',
      message: expect.stringMatching(
        new RegExp(`^record \\d of the archive .* ${what} \\(gov recorder verify\\)$`),
      ),
    });
  });
});
