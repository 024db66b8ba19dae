import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { systemProcesses } from '../../tools/engine/index.ts';

const own = systemProcesses.own();

it('this process lives, and is told from a later one that got its number', () => {
  expect(own.pid).toBe(process.pid);
  expect(systemProcesses.lives(own)).toBe(true);
  expect(systemProcesses.own()).toEqual(own);
  expect(systemProcesses.lives({ ...own, process_started: 'another start' })).toBe(false);
});

it('where the start is not known, the number decides', () => {
  expect(systemProcesses.lives({ ...own, process_started: null })).toBe(true);
  expect(systemProcesses.lives({ ...own, pid: 2 ** 22 + 1, process_started: null })).toBe(false);
});

it('a process of another user lives, though it may not be signalled', () => {
  expect(systemProcesses.lives({ ...own, pid: 1, process_started: null })).toBe(true);
});

it('of another machine or container nobody here can tell', () => {
  expect(systemProcesses.lives({ ...own, host: 'elsewhere' })).toBeNull();
});

it('a process that has ended is dead', async () => {
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(child, 'exit');
  expect(systemProcesses.lives({ ...own, pid: child.pid!, process_started: null })).toBe(false);
});
