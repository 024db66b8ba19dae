import { readdir, readFile, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../findings/index.ts';
import {
  assertWritable,
  createFileDurably,
  sha256,
  UnwritableFile,
  writeFileDurably,
} from '../../text/index.ts';
import { doGit, headOf, isDone } from './git-actions.ts';
import { assertInside, isInside } from './inside.ts';
import {
  type GitAction,
  type Journal,
  journalFile,
  readJournal,
  removeJournal,
  writeJournal,
} from './journal.ts';
import type { Lock } from './lock.ts';

/** What a step is about to do. */
export interface Change {
  step: string;
  wpId: string;
  /** Whole files by path, from the root; undefined takes the file away. */
  writes: ReadonlyMap<string, string | undefined>;
  git: readonly GitAction[];
  /** sha256 of the files that the plan was made from, by path: one that has changed since is not overwritten. */
  read?: ReadonlyMap<string, string>;
}

export interface ApplyOptions {
  lock: Lock;
  /** Called after each single thing that was written: a test stops there. */
  written?(what: string): void;
}

/**
 * One transaction: written down first, then done. Killed anywhere, {@link recover} completes it; before it is
 * written down nothing has happened. Throws a UsageError, with nothing done, where a file cannot be written.
 */
export async function apply(root: string, change: Change, options: ApplyOptions): Promise<void> {
  const file = await journalFile(root);
  if (file === undefined)
    throw new UsageError(`${root} is no git repository, and a step needs one (git init)`);
  const left = await readJournal(root);
  if (left !== undefined)
    throw new UsageError(
      `the step "${left.step}" of ${left.wp_id} was interrupted here; run it again, which completes it`,
    );
  const journal: Journal = {
    schema: 'govkit.journal@1',
    step: change.step,
    wp_id: change.wpId,
    ...(await headOf(root)),
    git: [...change.git],
    writes: [],
  };
  for (const [path, after] of change.writes) {
    await assertInside(root, path);
    const before = await bytesOf(join(root, path));
    if (isSame(before, bytesFor(after))) continue;
    const planned = change.read?.get(path);
    if (planned !== undefined && (before === undefined || sha256(before) !== planned))
      throw new UsageError(
        `${path} was changed by somebody else meanwhile; nothing was written, run it again`,
      );
    await assertWritable(join(root, path));
    journal.writes.push({ path, before: before?.toString('base64') ?? null, after: after ?? null });
  }
  await options.lock.assertHeld();
  await writeJournal(file, journal);
  options.written?.('journal');
  try {
    await carryOut(root, journal, options);
  } catch (error) {
    await giveUp(root, journal, file);
    throw error;
  }
  await removeJournal(file);
  options.written?.('journal removed');
}

/** What became of a step that was interrupted. */
export interface Recovered {
  step: string;
  wpId: string;
}

/**
 * Completes the step that was interrupted here, if one was. Where the ground has moved since (another branch or
 * commit, a file that is neither as it was nor as it was to be) it refuses, and touches nothing.
 */
export async function recover(root: string, options: ApplyOptions): Promise<Recovered | undefined> {
  const journal = await readJournal(root);
  if (journal === undefined) return undefined;
  const file = (await journalFile(root))!;
  const { step, wp_id: wpId } = journal;
  const states = await statesOf(root, journal);
  await options.lock.assertHeld();
  // What is all done needs no ground to stand on: somebody may have committed it meanwhile.
  if (!(await isComplete(root, journal, states))) {
    const moved = await whatMoved(root, journal, states);
    if (moved.length > 0)
      throw new UsageError(
        `the step "${step}"${wpId === '' ? '' : ` of ${wpId}`} was interrupted, and the ground has moved since: ${moved.join('; ')}; nothing was touched. Put that back and run it again, or take back what was written: gov wp undo ${wpId || 'WP_ID'} --interrupted`,
      );
    await carryOut(root, journal, options);
  }
  await removeStrays(root, journal);
  await removeJournal(file);
  options.written?.('journal removed');
  return { step, wpId };
}

/**
 * Takes back what an interrupted step has written, where nobody changed it since; the other files are named and
 * left. What git has made stays.
 */
export async function abandon(
  root: string,
  { lock }: ApplyOptions,
): Promise<{ taken: string[]; left: string[] } | undefined> {
  const journal = await readJournal(root);
  if (journal === undefined) return undefined;
  const states = await statesOf(root, journal);
  const taken: string[] = [];
  const left: string[] = [];
  await lock.assertHeld();
  for (const [index, { path, before }] of journal.writes.entries()) {
    if (states[index] === 'before') continue;
    if (states[index] === 'other') {
      left.push(path);
      continue;
    }
    if (before === null) await unlink(join(root, path));
    else await writeFileDurably(join(root, path), Buffer.from(before, 'base64'));
    taken.push(path);
  }
  await removeStrays(root, journal);
  await removeJournal((await journalFile(root))!);
  return { taken, left };
}

type State = 'before' | 'after' | 'other';

function statesOf(root: string, { writes }: Journal): Promise<State[]> {
  return Promise.all(
    writes.map(async ({ path, before, after }): Promise<State> => {
      if (!(await isInside(root, path))) return 'other';
      const now = await bytesOf(join(root, path)).catch(() => 'other' as const);
      if (now === 'other') return now;
      if (isSame(now, bytesFor(after ?? undefined))) return 'after';
      return isSame(now, bytesOfBase64(before)) ? 'before' : 'other';
    }),
  );
}

async function isComplete(root: string, { git }: Journal, states: readonly State[]): Promise<boolean> {
  if (states.some((state) => state !== 'after')) return false;
  for (const action of git) if (!(await isDone(root, action))) return false;
  return true;
}

async function whatMoved(root: string, journal: Journal, states: readonly State[]): Promise<string[]> {
  const moved: string[] = [];
  const { head, branch } = await headOf(root);
  if (branch !== journal.branch)
    moved.push(`HEAD is on ${branch ?? 'no branch'}, expected ${journal.branch ?? 'no branch'}`);
  else if (head !== journal.head) moved.push(`HEAD is ${short(head)}, expected ${short(journal.head)}`);
  for (const [index, { path }] of journal.writes.entries())
    if (states[index] === 'other') moved.push(`${path} was changed by somebody else`);
  return moved;
}

function short(commit: string | null): string {
  return commit?.slice(0, 12) ?? 'no commit';
}

async function carryOut(root: string, { git, writes }: Journal, { written }: ApplyOptions): Promise<void> {
  for (const action of git) {
    await doGit(root, action);
    written?.(`git ${action.kind}`);
  }
  for (const { path, before, after } of writes) {
    const target = join(root, path);
    await assertInside(root, path);
    const now = await bytesOf(target);
    if (isSame(now, bytesFor(after ?? undefined))) continue;
    if (!isSame(now, bytesOfBase64(before)))
      throw new UsageError(`${path} was changed by somebody else meanwhile; it is left as it is`);
    if (after === null) await unlink(target);
    else if (before === null) await createFileDurably(target, after);
    else await writeFileDurably(target, after);
    written?.(path);
  }
}

/** Nothing is half done: where not a single file was written yet, the journal goes; otherwise it stays, and the next run completes it. */
async function giveUp(root: string, journal: Journal, file: string): Promise<void> {
  const states = await statesOf(root, journal);
  if (states.every((state) => state === 'before')) await removeJournal(file);
}

function bytesFor(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text);
}

function bytesOfBase64(text: string | null): Buffer | undefined {
  return text === null ? undefined : Buffer.from(text, 'base64');
}

function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

async function bytesOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new UnwritableFile(path, error as NodeJS.ErrnoException);
  }
}

/** Temporary files of the process that was killed. */
async function removeStrays(root: string, { writes }: Journal): Promise<void> {
  for (const { path } of writes) {
    if (!(await isInside(root, path))) continue;
    const target = join(root, path);
    const start = `.${basename(target)}.`;
    for (const name of await readdir(dirname(target)).catch(() => [] as string[]))
      if (name.startsWith(start) && /^\d+\.[0-9a-f]{8}\.tmp$/.test(name.slice(start.length)))
        await unlink(join(dirname(target), name)).catch(() => {});
  }
}
