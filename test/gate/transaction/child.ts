import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';
import { dropsRoot } from '../../support/nobody.ts';

const project = join(import.meta.dirname, '..', '..', '..');

/** What a process of its own can do: it loads the room as a bundle, since the running node reads no TypeScript. */
export interface Child {
  /** Waits for it. `nobody`: as a user who owns nothing. */
  run(script: string, options?: { nobody?: boolean; cwd?: string }): SpawnSyncReturns<string>;
  /** Does not wait until the end; gives back its first line as soon as it is printed, and the end. */
  start(script: string): Promise<{ line: string; kill(): Promise<void>; ended: Promise<string> }>;
}

/** Built once for a test file. */
export function childOf(rooms: readonly string[]): Child {
  const folder = mkdtempSync(join(tmpdir(), 'gov-child-'));
  chmodSync(folder, 0o755);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const library = join(folder, 'library.cjs');
  buildSync({
    stdin: {
      contents: rooms.map((room) => `export * from './tools/${room}.ts';`).join('\n'),
      resolveDir: project,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: library,
    logLevel: 'error',
  });
  let count = 0;
  const fileOf = (script: string): string => {
    const file = join(folder, `run-${count++}.cjs`);
    writeFileSync(
      file,
      `const tx = require(${JSON.stringify(library)});\n(async () => {${script}})().catch((error) => { console.log(error.name + ': ' + error.message); process.exitCode = 1; });`,
    );
    return file;
  };
  return {
    run(script, { nobody = false, cwd = folder } = {}) {
      const before = nobody ? dropsRoot() : [];
      return spawnSync(process.execPath, [...before, fileOf(script)], { cwd, encoding: 'utf8' });
    },
    async start(script) {
      const child = spawn(process.execPath, [fileOf(script)], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      const ended = once(child, 'close').then(() => text);
      while (!text.includes('\n') && child.exitCode === null)
        await Promise.race([once(child.stdout, 'data'), ended]);
      return {
        line: text.split('\n', 1)[0]!,
        ended,
        async kill() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
  };
}
