import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock } from '../../../tools/gate/transaction/lock.ts';
import { temporaryFolder } from '../../support/repository.ts';
import { childOf } from './child.ts';

const child = childOf(['gate/transaction/lock']);
const lockIn = (folder: string): string => join(folder, 'govkit', 'lock');

/** The number of a process that is no more. */
const dead = (): number => spawnSync(process.execPath, ['-e', '']).pid;

function ownedBy(file: string, pid: number, host = hostname()): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify({ pid, host, token: '0' }));
}

describe('the lock', () => {
  it('is had by one of fifty in one process at a time, and by each once', async () => {
    const file = lockIn(temporaryFolder());
    let inside = 0;
    let most = 0;
    const done: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, async (_, at) => {
        const lock = await takeLock(file);
        most = Math.max(most, ++inside);
        await lock.assertHeld();
        done.push(at);
        inside--;
        await lock.release();
      }),
    );
    expect([most, new Set(done).size]).toEqual([1, 50]);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('is had by one of twenty processes at a time: none of their counts is lost', async () => {
    const folder = temporaryFolder();
    const [file, counter] = [lockIn(folder), join(folder, 'counter')];
    writeFileSync(counter, '0');
    const script = `
      const { readFileSync, writeFileSync, openSync, closeSync, unlinkSync } = require('node:fs');
      for (let turn = 0; turn < 5; turn++) {
        const lock = await tx.takeLock(${JSON.stringify(file)});
        closeSync(openSync(${JSON.stringify(`${counter}.inside`)}, 'wx'));
        const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
        await new Promise((resolve) => setImmediate(resolve));
        writeFileSync(${JSON.stringify(counter)}, String(count + 1));
        unlinkSync(${JSON.stringify(`${counter}.inside`)});
        await lock.release();
      }
      console.log('done');`;
    const all = await Promise.all(Array.from({ length: 20 }, () => child.start(script)));
    expect(await Promise.all(all.map(({ ended }) => ended))).toEqual(Array(20).fill('done\n'));
    expect(readFileSync(counter, 'utf8')).toBe('100');
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('of a process that was killed is taken over, by one of many', async () => {
    const file = lockIn(temporaryFolder());
    const owner = await child.start(
      `await tx.takeLock(${JSON.stringify(file)}); console.log('taken'); setInterval(() => {}, 1000);`,
    );
    expect(owner.line).toBe('taken');
    await expect(takeLock(file, { patience: 0 })).rejects.toThrow('is recording here');
    await owner.kill();
    let inside = 0;
    const most = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const lock = await takeLock(file, { patience: 30_000 });
        const now = ++inside;
        await lock.assertHeld();
        inside--;
        await lock.release();
        return now;
      }),
    );
    expect(Math.max(...most)).toBe(1);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('is taken over although one that took it over was killed in the middle', async () => {
    const file = lockIn(temporaryFolder());
    ownedBy(file, dead());
    ownedBy(`${file}.takeover`, dead());
    const lock = await takeLock(file, { patience: 5000 });
    await lock.assertHeld();
    await lock.release();
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });

  it('clears away what those left who were stopped while they waited, and nothing else', async () => {
    const file = lockIn(temporaryFolder());
    ownedBy(`${file}.${dead()}.0123abcd`, dead());
    ownedBy(`${file}.${process.pid}.0123abcd`, process.pid);
    ownedBy(`${file}.old`, dead());
    await (await takeLock(file)).release();
    expect(readdirSync(join(file, '..')).sort()).toEqual([`lock.${process.pid}.0123abcd`, 'lock.old']);
  });

  it('of another machine is waited for: nobody here can tell whether it lives', async () => {
    const file = lockIn(temporaryFolder());
    ownedBy(file, dead(), 'another-machine');
    const pid = JSON.parse(readFileSync(file, 'utf8')).pid as number;
    await expect(takeLock(file, { patience: 40 })).rejects.toMatchObject({
      name: 'UsageError',
      message: `process ${pid} on another-machine is recording here, and has been for 0 s: wait for it, or remove ${file} if it is no more`,
    });
    expect(readdirSync(join(file, '..'))).toEqual(['lock']);
  });

  it.each(['', '{', 'null', '{"pid":"1","host":"x"}', `{"pid":-1,"host":${JSON.stringify(hostname())}}`])(
    'that says %j is waited for',
    async (text) => {
      const file = lockIn(temporaryFolder());
      mkdirSync(join(file, '..'));
      writeFileSync(file, text);
      await expect(takeLock(file, { patience: 40 })).rejects.toThrow(
        `something is recording here, and has been for 0 s: wait for it, or remove ${file} if it is no more`,
      );
    },
  );

  it('that was taken away is not held, nor released for whoever has it now', async () => {
    const file = lockIn(temporaryFolder());
    const lock = await takeLock(file);
    unlinkSync(file);
    const held = {
      name: 'UsageError',
      message: `the lock ${file} was taken away meanwhile; nothing was written, run it again`,
    };
    await expect(lock.assertHeld()).rejects.toMatchObject(held);
    const other = await takeLock(file);
    await expect(lock.assertHeld()).rejects.toMatchObject(held);
    await lock.release();
    await other.assertHeld();
    await other.release();
    expect(existsSync(file)).toBe(false);
  });

  it('is released twice without harm, also where its folder is gone', async () => {
    const file = lockIn(temporaryFolder());
    const lock = await takeLock(file);
    await lock.release();
    await lock.release();
    const second = await takeLock(file);
    rmSync(join(file, '..'), { recursive: true });
    await second.release();
  });

  it('in a folder that cannot be made is one line', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'govkit'), 'a file');
    await expect(takeLock(lockIn(folder))).rejects.toMatchObject({ name: 'UnwritableFile' });
    await expect(takeLock(lockIn(folder))).rejects.toThrow(
      /^cannot write \S.*: (?:something is there already|a file is where a folder should be)$/,
    );
  });
});
