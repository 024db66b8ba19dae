import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { recorderArchiveSchema } from '../../tools/cli/schemas/recorder-archive.ts';
import { openSqliteStore } from '../../tools/engine/index.ts';
import { BOARD, REGISTRY } from '../checks/base.ts';
import { created, DAY, inference, moved, NOON } from '../recorder/archive/samples.ts';
import { gov } from '../support/gov.ts';
import { temporaryFolder, writeTree } from '../support/repository.ts';

const LONG_AGO = NOON - 100 * DAY;

/** Three sessions that ended long ago, one of them of an open packet; one that lives; a purged event. */
async function governedDatabase(): Promise<string> {
  const root = temporaryFolder();
  const id = 'WP-1-Open-v1';
  writeTree(root, {
    'gov.config.yaml': 'recorder:\n  retention:\n    FR-EVT-SESS: 31\n',
    [REGISTRY]: '| Base WP ID | Active Packet | Task Board | Notes |\n|---|---|---|---|\n',
    [`.GOV/task_packets/${id}.md`]: `# Task Packet: ${id}\n`,
    [BOARD]: `- **[${id}]** - [IN_PROGRESS]\n`,
  });
  await using store = await openSqliteStore(join(root, 'session.db'));
  await store.appendEvents([
    ...[created(1, LONG_AGO), moved(1, 'COMPLETED', LONG_AGO)],
    ...[created(2, LONG_AGO, id), moved(2, 'COMPLETED', LONG_AGO)],
    ...[created(3, LONG_AGO), inference(LONG_AGO)],
    ...[created(4, LONG_AGO), moved(4, 'FAILED', LONG_AGO)],
  ]);
  return root;
}

const seqs = (out: string): number[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { seq: number }).seq);

it('D-45, F16: gov recorder archive says what leaves, moves it, and queries read it back', async () => {
  const root = await governedDatabase();
  const db = ['--db', 'session.db'];
  const plan = gov(root, ['recorder', 'archive', '--dry-run', ...db]);
  expect([plan.code, plan.err]).toEqual([0, '']);
  const table = [
    'family       archive  purge  kept',
    'FR-EVT-006         0      1     0',
    'FR-EVT-SESS        4      0     3  of an open work packet 2, of a live session 1',
  ].join('\n');
  expect(plan.out).toBe(
    `${table}\nwould archive 4, purge 1 · 3 stay\nnext   gov recorder archive --db session.db\n`,
  );
  expect(existsSync(join(root, 'session.db.archive'))).toBe(false);
  const bound = ['--before', '2100-01-01T00:00:00Z', '--to', 'cold store'];
  expect(gov(root, ['recorder', 'archive', '--dry-run', ...bound, ...db]).out).toBe(
    `${table}\nwould archive 4, purge 1 · 3 stay\nnext   gov recorder archive --before 2100-01-01T00:00:00Z --to 'cold store' --db session.db\n`,
  );

  const json = gov(root, ['recorder', 'archive', '--dry-run', '--json', ...db]).out;
  const { families, dry_run, unreadable } = recorderArchiveSchema.parse(JSON.parse(json));
  expect([families[1]!.kept, dry_run, unreadable]).toEqual([{ open_packet: 2, live_session: 1 }, true, null]);

  const done = gov(root, ['recorder', 'archive', ...db]);
  const [file] = readdirSync(join(root, 'session.db.archive'));
  expect(done.out).toMatch(
    new RegExp(
      `^${table}\n  ${file}  4 events of 1–8  \\d+ B\narchived 4, purged 1 · 3 stay · in .*\\.archive\nnext   gov recorder query --archived --db session\\.db\n$`,
    ),
  );

  const archive = join('session.db.archive', file!);
  expect(seqs(gov(root, ['recorder', 'query', ...db]).out)).toEqual([3, 4, 5]);
  const all = gov(root, ['recorder', 'query', '--archived', ...db]);
  expect(seqs(all.out)).toEqual([1, 2, 3, 4, 5, 7, 8]);
  expect(all.err).toMatch(/^event 6 is not here: let go by retention, \d{4}-.*\n$/);
  expect(seqs(gov(root, ['recorder', 'query', archive]).out)).toEqual([1, 2, 7, 8]);
  expect(seqs(gov(root, ['recorder', 'query', archive, '--type', 'session.created']).out)).toEqual([1, 7]);
  expect(seqs(gov(root, ['recorder', 'query', archive, '--role', 'Coder', '--last', '1']).out)).toEqual([8]);
  const page = gov(root, ['recorder', 'query', archive, '--limit', '3']);
  expect([seqs(page.out), page.err]).toEqual([
    [1, 2, 7],
    `next   gov recorder query ${archive} --limit 3 --after 7\n`,
  ]);

  // What a query has written is read by the next, and joined with an archive in the order of the log.
  writeFileSync(join(root, 'hot.ndjson'), gov(root, ['recorder', 'query', ...db]).out);
  const both = gov(root, ['recorder', 'query', 'hot.ndjson', archive]);
  expect(seqs(both.out)).toEqual([1, 2, 3, 4, 5, 7, 8]);
  const again = gov(root, ['recorder', 'archive', ...db, '--quiet']);
  expect([again.code, again.out]).toEqual([0, 'archived 0, purged 0 · 3 stay\n']);
}, 60_000);

it('what cannot be answered, or is no log, is one clear line', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'log.ndjson'), '{"payload":{},"type":"a"}\n\nno event\n');
  writeFileSync(join(root, 'good.ndjson'), '{"payload":{},"type":"a"}\n');
  writeFileSync(join(root, 'gov.config.yaml'), 'recorder:\n  retention:\n    FR-EVT-SESS: 3\n');
  const said = (...args: string[]) => gov(root, ['recorder', ...args]).err.replace(root, '');
  expect([
    said('query', 'log.ndjson'),
    said('query', 'good.ndjson', '--session', 'lead'),
    said('query', 'log.ndjson', '--db', 'x.db'),
    said('query', 'log.ndjson', '--archived'),
    said('query', 'gone.gz'),
    said('archive', '--db', 'log.ndjson', '--before', '2026-01-01'),
    said('archive', '--db', 'log.ndjson'),
  ]).toEqual([
    'gov: /log.ndjson:3: Unexpected no event, expected an event on each line (gov recorder check)\n',
    'gov: --session lead: expected a whole id: names are in a session database\n',
    'gov: --db: expected no FILE beside it, found log.ndjson\n',
    'gov: --archived: expected no FILE beside it, found log.ndjson\n',
    'gov: gone.gz: no such file\n',
    'gov: --before 2026-01-01: expected an RFC 3339 time, such as 2026-02-24T09:00:00Z\n',
    'gov: gov.config.yaml:3:5: Unexpected 3 days for FR-EVT-SESS, expected at least 30 days (D-45)\n',
  ]);
}, 60_000);
