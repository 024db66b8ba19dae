import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type EventQuery, openLogFiles, openSqliteStore, planArchive } from '../../../tools/engine/index.ts';
import { accepted, created, DAY, id, moved, NOON, sample } from '../../recorder/archive/samples.ts';
import { temporaryFolder } from '../../support/repository.ts';
import { archived, at, databaseOf, folderOf } from './logs.ts';

const OLD = NOON - 100 * DAY;

const queued = (session: number, job: number, lane: string) =>
  sample(
    'FR-EVT-SESS-SCHED-001',
    'session_scheduler.enqueue',
    OLD,
    { session_id: id(session), job_id: id(job), lane, priority: 50, concurrency_group: null },
    { model_session_id: id(session) },
  );

/** A root with a child, and a session of another packet. */
const log = [
  created(1, OLD),
  created(2, OLD, null, 1),
  accepted(1, 2, OLD),
  created(3, OLD, 'WP-1-A-v1'),
  queued(1, 81, 'PRIMARY'),
  queued(2, 82, 'SUBAGENT'),
  moved(2, 'COMPLETED', OLD),
  moved(1, 'COMPLETED', OLD),
  moved(3, 'FAILED', OLD),
];

async function placesOf(files: readonly string[], query: EventQuery = {}): Promise<number[]> {
  const places: number[] = [];
  for await (const { seq } of (await openLogFiles(files)).readEvents(query)) places.push(seq);
  return places;
}

const written = (name: string, lines: readonly string[]): string => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

it('a file answers by what its events say of their sessions', async () => {
  const path = await databaseOf(log);
  await archived(path, {}, { size: { events: 4, text: 1e6 } });
  const files = folderOf(path).map((name) => join(`${path}.archive`, name));
  expect(files).toHaveLength(3);
  const answers: [EventQuery, number[]][] = [
    [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ tree: id(1) }, [1, 2, 3, 5, 6, 7, 8]],
    [{ tree: id(2) }, [2, 3, 6, 7]],
    [{ lane: 'SUBAGENT' }, [2, 6, 7]],
    [{ job_id: id(81) }, [5]],
    [{ wp_id: 'WP-1-A-v1' }, [4, 9]],
    [{ role: 'Coder', limit: 2 }, [1, 2]],
    [{ role: 'Lead' }, []],
    [{ model_session_id: id(2), last: 2 }, [6, 7]],
    [{ after_seq: 3, before_seq: 6 }, [4, 5]],
    [{ last: 0 }, []],
  ];
  for (const [query, places] of answers)
    expect([query, await placesOf([...files].reverse(), query)]).toEqual([query, places]);
});

it('lines beside events are no events, and gaps are told', async () => {
  const gap = { first_seq: 2, last_seq: 3, why: 'purged', archive: null, at: '2026-03-01T12:00:00.000Z' };
  const lines = [
    JSON.stringify(log[0]),
    JSON.stringify({ gap }),
    JSON.stringify({ kind: 'span', span_id: 'a' }),
    '',
    JSON.stringify({ seq: 9, ...log[1] }),
  ];
  const file = written('log.ndjson', lines);
  // Without a place of its own a line has that in its file.
  expect(await placesOf([file])).toEqual([1, 9]);
  expect(await (await openLogFiles([file])).gaps()).toEqual([gap]);
});

it.each(['[]', '"text"', '{"seq":1}', '{'])('%s is no entry of a log', async (line) => {
  const file = written('log.ndjson', [JSON.stringify(log[0]), line]);
  await expect(openLogFiles([file])).rejects.toMatchObject({
    code: 'store_failed',
    message: `${file}:2: Unexpected ${line}, expected an event on each line (gov recorder check)`,
  });
});

it('a file that is gone is told', async () => {
  await expect(openLogFiles(['/nowhere/log.ndjson'])).rejects.toMatchObject({
    message: 'cannot read the archive /nowhere/log.ndjson: no such file',
  });
});

it('a session whose creation is archived is still known to have ended', async () => {
  const path = await databaseOf(log);
  await archived(path);
  {
    await using store = await openSqliteStore(path);
    await store.appendEvents([queued(1, 83, 'PRIMARY')]);
  }
  expect((await planArchive(path, at(NOON))).leaving).toEqual([{ first: 10, last: 10, does: 'archive' }]);
  renameSync(`${path}.archive`, `${path}.gone`);
  expect((await planArchive(path, at(NOON))).families).toEqual([
    { family: 'FR-EVT-SESS-SCHED', archive: 0, purge: 0, kept: { unknown_session: 1 } },
  ]);
});
