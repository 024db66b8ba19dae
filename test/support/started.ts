import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

const project = join(import.meta.dirname, '..', '..');

export const BUNDLE = join(project, 'dist', 'bin', 'gov.js');

const JUST = join(project, 'node_modules', 'rust-just', 'lib', 'index.mjs');

/** A process of its own, as a user starts one; others run meanwhile. */
export function started(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const [program, ...args] = commandOf(words);
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(program!, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path, NO_COLOR: '1', ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...said }));
  });
}

/** `gov` and `just` are those of this checkout. */
function commandOf([program, ...args]: readonly string[]): string[] {
  if (program === 'gov') return [process.execPath, BUNDLE, ...args];
  if (program === 'just') return [process.execPath, JUST, ...args];
  return [program!, ...args];
}
