import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { recorderVerifySchema } from '../../../tools/cli/schemas/recorder-verify.ts';
import { archived, databaseOf, folderOf, mixedLog } from '../../engine/archive/logs.ts';
import { asked, treeWith } from '../session/asked.ts';

const root = treeWith();
let bytes: Buffer;
let lines: string[];
let db: string;
let name: string;
beforeAll(async () => {
  db = await databaseOf(mixedLog(2), undefined, join(root, 'log.db'));
  await archived(db);
  [name] = folderOf(db) as [string];
  bytes = readFileSync(join(`${db}.archive`, name));
  lines = gunzipSync(bytes).toString().split('\n').slice(0, -1);
});

const verify = (args: string[], columns?: number) => asked(root, ['recorder', 'verify', ...args], columns);
const put = (file: string, content: string | Uint8Array): string => {
  writeFileSync(join(root, file), content);
  return file;
};
const zipped = (changed: string[]): string => put('changed.gz', gzipSync(`${changed.join('\n')}\n`));

describe('F13, D-45: gov recorder verify of an archive', () => {
  it('says which archive it is, compressed or not', async () => {
    const { sha256 } = JSON.parse(lines.at(-1)!) as { sha256: string };
    const said = [
      '3 events of 1-4 · archive 1 · the first',
      '',
      `clean · sha256 ${sha256}`,
      '       gov recorder verify of its database shows that it is the one which was moved there',
      '',
    ].join('\n');
    expect(await verify([put('a.gz', bytes)])).toEqual({ code: 0, out: `./a.gz\n${said}`, err: '' });
    expect(await verify([put('a.ndjson', gunzipSync(bytes))])).toMatchObject({
      code: 0,
      out: `./a.ndjson\n${said}`,
    });
    expect((await verify(['a.gz', '--quiet'])).out).toBe('');
    const json = recorderVerifySchema.parse(JSON.parse((await verify(['a.gz', '--json'])).out));
    expect(json).toMatchObject({
      kind: 'archive',
      number: 1,
      continues: null,
      events: 3,
      sha256,
      faults: [],
    });
  });

  it.each<[string, () => string, number, number | null, RegExp]>([
    [
      'an edited line',
      () => zipped(lines.with(2, lines[2]!.replace('"payload":{', '"payload":{ '))),
      3,
      3,
      /^Unexpected content of record 3, expected what its hash says$/,
    ],
    ['a removed line', () => zipped(lines.toSpliced(2, 1)), 3, 3, /^Unexpected record 4, expected 3$/],
    [
      'lines that changed places',
      () => zipped(lines.toSpliced(2, 2, lines[3]!, lines[2]!)),
      3,
      3,
      /^Unexpected record 4, expected 3$/,
    ],
    [
      'a missing trailer',
      () => zipped(lines.slice(0, -1)),
      5,
      null,
      /^Unexpected end, expected the trailer$/,
    ],
    [
      'an edited header',
      () => zipped(lines.with(0, lines[0]!.replace('"number":1', '"number":2'))),
      1,
      null,
      /expected the header of a govkit\.archive@1$/,
    ],
    [
      'a file that was cut off',
      () => put('cut.gz', bytes.subarray(0, -20)),
      5,
      null,
      /^Unexpected end of the gzip data after \d+ bytes, expected its trailer$/,
    ],
    [
      'a file with something behind its end',
      () => put('more.gz', Buffer.concat([bytes, Buffer.from('more')])),
      1,
      null,
      /^Unexpected gzip data near byte 0: incorrect header check$/,
    ],
  ])('%s is told at its line', async (_, make, line, seq, message) => {
    const file = make();
    const { code, out } = await verify([file, '--json']);
    const report = recorderVerifySchema.parse(JSON.parse(out));
    expect([code, report.faults_total]).toEqual([1, 1]);
    expect(report.faults[0]).toMatchObject({
      rule: 'log/archive-broken',
      line,
      message: expect.stringMatching(message),
    });
    if (seq !== null) expect(report.faults[0]).toMatchObject({ seq });
    const text = (await verify([file], 80)).out;
    expect(text).toMatch(new RegExp(`^ {2}line ${line} {2}log/archive-broken {2}Unexpected`, 'm'));
    expect(text).toContain('next   gov explain log/archive-broken\n');
    for (const each of text.split('\n')) expect(each.length).toBeLessThanOrEqual(80);
  });

  it('a database tells of each gap whether its archive proves it, and never of a hole that all is clean', async () => {
    const { code, out } = await verify([db]);
    expect(code).toBe(0);
    expect(out).toContain(`gap 1  archived into ${name}, 2026-03-01T12:00:00.000Z · proven\n`);
    expect(out).toContain('gap 2  purged, 2026-03-01T12:00:00.000Z · not proven: let go by retention\n');
    expect(out).toContain('\nnot proven · 1 event in 1 gap: the chain goes around them\n');
    rmSync(join(`${db}.archive`, name));
    const gone = await verify([db]);
    expect(gone.code).toBe(0);
    expect(gone.out).toContain(
      `gap 1  archived into ${name}, 2026-03-01T12:00:00.000Z · not proven: ${name} is not there\n`,
    );
    expect(gone.out).toContain('\nnot proven · 4 events in 3 gaps: the chain goes around them\n');
    const json = recorderVerifySchema.parse(JSON.parse((await verify([db, '--json'])).out));
    expect(json).toMatchObject({ kind: 'database', unproven: 3, faults_total: 0 });
  });

  it('a head belongs to a database', async () => {
    const { code, err } = await verify([put('a.gz', bytes), '--head', `3:${'0'.repeat(64)}`]);
    expect([code, err]).toEqual([
      2,
      'gov: --head 3:…: expected a session database beside it, not an archive\n',
    ]);
  });
});
