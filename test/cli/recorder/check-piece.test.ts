import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { recorderCheckSchema } from '../../../tools/cli/schemas/recorder-check.ts';
import { applyArchive, openReadOnly, planArchive } from '../../../tools/engine/index.ts';
import { folderOf } from '../../engine/archive/logs.ts';
import { asked, EVERY_STATE, ranIn, treeWith } from '../session/asked.ts';

const root = treeWith();
const db = join(root, 'run.db');
/** So that all of it may leave. */
const ENDED = EVERY_STATE.replace('wait: input', 'complete: {}').split('actions:')[0];
let archive: string;
let session: string;
let size: number;

/** Half of the only tree is archived: no other way of splitting it is as hard on who checks a piece. */
beforeAll(async () => {
  await ranIn(root, ENDED);
  await using log = await openReadOnly(db);
  size = 0;
  for await (const _ of log.readEvents()) size += 1;
  session = (await log.sessions()).at(-1)!.session_id;
  const clock = { now: () => Date.parse('2026-11-01T00:00:00Z') };
  const plan = await planArchive(db, { clock, isOpenPacket: () => false });
  const half = Math.floor(size / 2);
  await applyArchive(db, { ...plan, leaving: plan.leaving.map((run) => ({ ...run, last: half })) });
  archive = join(`${db}.archive`, folderOf(db)[0]!);
});

const run = (...args: string[]) => asked(root, ['recorder', ...args]);

async function checked(file: string, ...options: string[]) {
  const { out } = await run('check', file, ...options, '--json');
  const { partial, stats, rules } = recorderCheckSchema.parse(JSON.parse(out));
  return { partial, events: stats.events, rules };
}

async function asFile(name: string, ...query: string[]): Promise<string> {
  writeFileSync(join(root, name), (await run('query', ...query)).out);
  return name;
}

describe('gov recorder check of a piece of a log', () => {
  it('D-45: a database with its archives is a whole log, and each of its pieces is clean', async () => {
    expect(await checked(db)).toEqual({ partial: false, events: size, rules: {} });
    const all = await asFile('all.ndjson', '--db', db, '--archived', '--json');
    expect(await checked(all)).toEqual({ partial: false, events: size, rules: {} });
    const moved = await checked(archive);
    expect(moved).toEqual({ partial: true, events: moved.events, rules: {} });
    expect(moved.events).toBeGreaterThan(10);
    expect(moved.events).toBeLessThan(size - 10);
    const left = await asFile('left.ndjson', '--db', db, '--json');
    expect(await checked(left)).toEqual({ partial: true, events: size - moved.events, rules: {} });
    renameSync(archive, `${archive}.away`);
    const hot = await checked(db);
    expect(hot).toEqual({ partial: true, events: size - moved.events, rules: {} });
    renameSync(`${archive}.away`, archive);
  });

  it.each<[string, (lines: string[]) => string[], (lines: number) => number, RegExp]>([
    ['removed', (lines) => lines.toSpliced(3, 1), () => 4, /^Unexpected record 4, expected 3$/],
    [
      'put before another',
      (lines) => lines.toSpliced(3, 2, lines[4]!, lines[3]!),
      () => 4,
      /^Unexpected record 4, expected 3$/,
    ],
    [
      'cut off at the end',
      (lines) => lines.slice(0, -1),
      (lines) => lines,
      /^Unexpected end, expected the trailer$/,
    ],
  ])('log/archive-broken: a line that was %s is told where it shows', async (_, change, line, message) => {
    const lines = gunzipSync(readFileSync(archive)).toString().split('\n').slice(0, -1);
    writeFileSync(join(root, 'broken.gz'), gzipSync(`${change(lines).join('\n')}\n`));
    const { code, out } = await run('check', 'broken.gz', '--json');
    const { findings } = recorderCheckSchema.parse(JSON.parse(out));
    const broken = findings.filter(({ rule }) => rule === 'log/archive-broken');
    expect([code, broken.length]).toEqual([1, 1]);
    expect(broken[0]).toMatchObject({
      place: { line: line(lines.length) },
      message: expect.stringMatching(message),
    });
  });

  it('says that it was a piece', async () => {
    const { code, out } = await run('check', archive);
    expect([code, out]).toEqual([0, expect.stringMatching(/^clean · .*\.ndjson\.gz: a piece, \d+ events, /)]);
  });

  it('a query for one session is a piece where the call says so, and the losses of it are told else', async () => {
    const one = await asFile('one.ndjson', '--db', db, '--archived', '--session', session);
    expect(await checked(one, '--partial')).toMatchObject({ partial: true, rules: {} });
    const whole = await checked(one);
    expect(whole.partial).toBe(false);
    expect(whole.rules['log/seq-hole']).toBeGreaterThan(0);
    // What can be told of a piece still is.
    const text = (await run('query', '--db', db, '--archived', '--session', session)).out.split('\n');
    writeFileSync(join(root, 'twice.ndjson'), [...text.slice(0, -1), text[0]].join('\n'));
    expect((await checked('twice.ndjson', '--partial')).rules).toEqual({
      'event/duplicate': 1,
      'log/seq-order': 1,
    });
  });
});
