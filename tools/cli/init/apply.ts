import { constants, existsSync } from 'node:fs';
import { access, lstat, mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import { runGit } from '../../snapshot/index.ts';
import { createFileDurably, sha256, UnwritableFile, writeFileDurably } from '../../text/index.ts';
import { setAll } from '../hooks/driver.ts';
import type { Plan, Step } from './plan.ts';
import { type Made, readRecord, writeRecord } from './record.ts';
import { takeBack } from './take-back.ts';

/**
 * All of the plan or nothing. What is about to be made is recorded first, so that whoever finds a killed run
 * knows what is its; a run that fails takes back what it has made by then.
 */
export async function applyPlan(root: string, { steps }: Plan): Promise<void> {
  for (const step of steps) await expectPossible(root, step);
  const begins = steps.some(({ action }) => action === 'repository');
  if (begins) await runGit(root, ['init', '--quiet']);
  const made = (await readRecord(root))?.made ?? [];
  const pending = await recordOf(root, steps);
  const folders = pending.filter(({ kind }) => kind === 'folder');
  // Folders come first in the record, then what each step makes: so many of them are made by now.
  let count = 0;
  try {
    await writeRecord(root, { made, pending, pid: process.pid });
    for (const { path } of folders) {
      await makeFolder(root, path);
      count += 1;
    }
    for (const step of steps) {
      await make(root, step);
      count += 1;
    }
    await writeRecord(root, { made: [...made, ...pending] });
  } catch (error) {
    // What stands in the way may be the same file, made by somebody else: only our own is taken back.
    await takeBack(root, pending.slice(0, count));
    // It is a moment old and holds nothing but what this run has just taken back.
    if (begins) await rm(join(root, '.git'), { recursive: true, force: true });
    else await writeRecord(root, { made });
    throw error;
  }
}

async function makeFolder(root: string, path: string): Promise<void> {
  try {
    await mkdir(join(root, path));
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

async function make(root: string, step: Step): Promise<void> {
  if (step.action === 'repository') return;
  if (step.action === 'configure') return await setAll(root, step.settings);
  const path = join(root, step.path);
  try {
    if (step.action === 'create') await createFileDurably(path, step.text, step.mode);
    else await writeFileDurably(path, Buffer.concat([await readFile(path), Buffer.from(step.added)]));
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error;
    throw new UnwritableFile(step.path, error.cause as NodeJS.ErrnoException);
  }
}

/** What the steps make, folders first, the outer before the inner. */
async function recordOf(root: string, steps: readonly Step[]): Promise<Made[]> {
  const folders = new Set<string>();
  const files: Made[] = [];
  for (const step of steps) {
    if (step.action === 'repository') files.push({ kind: 'repository', path: '.git' });
    else if (step.action === 'configure')
      files.push({ kind: 'settings', path: step.path, settings: { ...step.settings } });
    else if (step.action === 'append') {
      const before = sha256(await readFile(join(root, step.path)));
      files.push({ kind: 'lines', path: step.path, added: step.added, sha256: before });
    } else {
      files.push({ kind: 'file', path: step.path, sha256: sha256(step.text) });
      for (const folder of missingFolders(root, step.path)) folders.add(folder);
    }
  }
  const outerFirst = [...folders].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return [...outerFirst.map((path): Made => ({ kind: 'folder', path })), ...files];
}

function missingFolders(root: string, path: string): string[] {
  const folder = dirname(path);
  if (folder === '.' || existsSync(join(root, folder))) return [];
  return [...missingFolders(root, folder), folder];
}

/** Throws where a step cannot be done, before any is. */
async function expectPossible(root: string, step: Step): Promise<void> {
  if (step.action === 'configure') return;
  if (step.action === 'append') {
    const path = join(root, step.path);
    await expectWritable(step.path, path);
    return await expectWritable(step.path, dirname(path));
  }
  if (step.action === 'create' && (await exists(join(root, step.path)))) {
    throw new UsageError(`${step.path} is no file, expected a file or nothing; nothing was changed`);
  }
  let folder = dirname(step.path);
  while (folder !== '.' && !(await exists(join(root, folder)))) folder = dirname(folder);
  const real = await realpath(join(root, folder)).catch(() => undefined);
  if (real === undefined || !(await lstat(real)).isDirectory())
    throw new UsageError(`${folder} is no folder, expected a folder or nothing; nothing was changed`);
  const below = relative(await realpath(root), real);
  if (step.path.startsWith('.GOV/') && (below.startsWith('..') || isAbsolute(below)))
    throw new UsageError(`${folder} leads out of the repository, expected a folder; nothing was changed`);
  await expectWritable(step.path, join(root, folder));
}

async function expectWritable(path: string, target: string): Promise<void> {
  try {
    await access(target, constants.W_OK);
  } catch (error) {
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
