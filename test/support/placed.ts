import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { temporaryFolder } from './repository.ts';

const project = join(import.meta.dirname, '..', '..');

/** Every file below a folder that is no package and nothing of git, with its text, by path. */
export function filesOf(root: string): Record<string, string> {
  const files: [string, string][] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.name === 'node_modules' || entry.name === '.git') continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) files.push([relative(root, path), readFileSync(path, 'utf8')]);
    }
  };
  walk(root);
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** govkit installed as a copy that everybody may read, in a folder whose owner is root. */
export function placed(): {
  root: string;
  bundle: string;
  options: { asNobody?: boolean; env?: Record<string, string> };
} {
  const outer = temporaryFolder();
  const root = join(outer, 'repository');
  const installed = join(root, 'node_modules', 'govkit');
  mkdirSync(installed, { recursive: true });
  for (const part of ['dist/bin', 'templates', '.github', 'package.json'])
    cpSync(join(project, part), join(installed, part), { recursive: true });
  for (const folder of [outer, root]) chmodSync(folder, 0o755);
  const asRoot = process.getuid?.() === 0;
  return {
    root,
    bundle: join(installed, 'dist', 'bin', 'gov.js'),
    options: asRoot ? { asNobody: true, env: { HOME: outer } } : {},
  };
}

/** Runs gov and kills it as it gives its `at`th file a name, before or after; false when it ends before that. */
export function killedAt(cwd: string, at: number, args: readonly string[]): boolean {
  const die = "process.kill(process.pid, 'SIGKILL')";
  return interrupted(cwd, at, args, at % 2 === 0 ? { before: die } : { after: die }).signal === 'SIGKILL';
}

/** Runs gov on a disk that is full as it gives its `at`th file a name. */
export function failingAt(
  cwd: string,
  at: number,
  args: readonly string[],
): { code: number | null; err: string } {
  const full = "throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })";
  const { status, stderr } = interrupted(cwd, at, args, { before: full });
  return { code: status, err: stderr };
}

function interrupted(
  cwd: string,
  at: number,
  args: readonly string[],
  { before = '', after = '' }: { before?: string; after?: string },
) {
  const script = join(temporaryFolder(), 'interrupt.cjs');
  writeFileSync(
    script,
    `const fs = require('node:fs/promises');
     const { syncBuiltinESMExports } = require('node:module');
     let named = 0;
     for (const name of ['link', 'rename']) {
       const real = fs[name];
       fs[name] = async (...args) => {
         const now = ++named === ${at};
         if (now) { ${before} }
         await real(...args);
         if (now) { ${after} }
       };
     }
     syncBuiltinESMExports();\n`,
  );
  const bundle = join(project, 'dist', 'bin', 'gov.js');
  const done = spawnSync(process.execPath, ['--require', script, bundle, ...args], { cwd, encoding: 'utf8' });
  if (done.error) throw done.error;
  return done;
}
