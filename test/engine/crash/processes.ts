import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

const project = join(import.meta.dirname, '..', '..', '..');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Each line of what it said, as the values that it holds. */
  said: unknown[][];
  err: string;
}

export interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/** program.ts as one file, built once for a test file; starts it as often as is wanted. */
export function programs(): (program: string, path: string, argument?: unknown) => Started {
  const folder = mkdtempSync(join(tmpdir(), 'gov-crash-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const bundle = join(folder, 'program.cjs');
  const snapshot = join(folder, 'program.blob');
  buildSync({
    entryPoints: [join(import.meta.dirname, 'program.ts')],
    absWorkingDir: project,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: ['better-sqlite3'],
    outfile: bundle,
    logLevel: 'error',
  });
  execFileSync(process.execPath, ['--snapshot-blob', snapshot, '--build-snapshot', bundle], {
    stdio: 'pipe',
  });
  return (program, path, argument = '') => {
    const child = spawn(
      process.execPath,
      ['--snapshot-blob', snapshot, '', project, program, path, String(argument)],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      texts.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      texts.err += text;
    });
    const ended = once(child, 'close').then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
      said: texts.out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown[]),
      err: texts.err,
    }));
    return { child, ended };
  };
}
