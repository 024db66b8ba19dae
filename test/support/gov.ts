import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dropsRoot } from './nobody.ts';

const bundle = join(import.meta.dirname, '..', '..', 'dist', 'bin', 'gov.js');

export interface Result {
  code: number | null;
  out: string;
  err: string;
}

/** The built command, as a user starts it. */
export function gov(
  cwd: string,
  args: readonly string[],
  options: { asNobody?: boolean; bundle?: string; env?: Record<string, string> } = {},
): Result {
  const before = options.asNobody ? dropsRoot() : [];
  const done = spawnSync(process.execPath, [...before, options.bundle ?? bundle, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
  });
  if (done.error) throw done.error;
  return { code: done.status, out: done.stdout, err: done.stderr };
}
