// gov recorder tail as a process, while other processes write.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../tools/engine/index.ts';
import { database } from '../engine/opened.ts';
import { said, sessionId } from '../engine/store/logs.ts';

const bundle = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'gov.js');
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function tail(path: string, ...args: string[]) {
  const child = spawn(process.execPath, [bundle, 'recorder', 'tail', '--db', path, ...args]);
  started.push(child);
  const [out, err] = [{ text: '' }, { text: '' }];
  child.stdout.on('data', (data: Buffer) => {
    out.text += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    err.text += data.toString();
  });
  const seqs = (): number[] =>
    out.text
      .split('\n')
      .slice(0, -1)
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
  return {
    child,
    out,
    err,
    seqs,
    /** When so many lines have come. */
    async lines(wanted: number): Promise<number[]> {
      while (seqs().length < wanted) await once(child.stdout, 'data');
      return seqs();
    },
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
}

const places = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('gov recorder tail', () => {
  it('prints every event that another process adds, in order and once, until Ctrl-C, and nothing half', async () => {
    const path = database();
    await using one = await openSqliteStore(path);
    await using two = await openSqliteStore(path);
    await one.appendEvents([...Array.from({ length: 29 }, () => said(1)), said(2)]);
    const all = tail(path);
    const mine = tail(path, '--session', sessionId(2));
    expect(await all.lines(10)).toEqual(places(21, 30));
    expect(await mine.lines(1)).toEqual([30]);
    for (let round = 0; round < 60; round += 1) {
      await one.appendEvents([said(1), said(1)]);
      await two.appendEvents([said(2)]);
    }
    expect(await all.lines(190)).toEqual(places(21, 210));
    all.child.kill('SIGINT');
    expect([await all.ended, all.err.text]).toEqual([130, '']);
    expect(all.out.text.endsWith('\n')).toBe(true);
    expect(all.seqs()).toEqual(places(21, 210));
    expect(await mine.lines(61)).toEqual(places(0, 60).map((n) => 30 + 3 * n));
    mine.child.kill('SIGTERM');
    expect(await mine.ended).toBe(130);
    expect(mine.seqs()).toHaveLength(61);
  });

  it('says in one line that the database is gone', async () => {
    const path = database();
    const store = await openSqliteStore(path);
    await store.appendEvents([said(1)]);
    const followed = tail(path);
    await followed.lines(1);
    await store[Symbol.asyncDispose]();
    rmSync(path);
    expect([await followed.ended, followed.err.text]).toEqual([
      2,
      `gov: ${path} was deleted or replaced; follow it anew\n`,
    ]);
  });

  it('ends quietly when nobody reads any more', async () => {
    const path = database();
    await using store = await openSqliteStore(path);
    await store.appendEvents([said(1)]);
    const followed = tail(path);
    await followed.lines(1);
    followed.child.stdout.destroy();
    await store.appendEvents([said(1)]);
    expect([await followed.ended, followed.err.text]).toEqual([0, '']);
  });
});
