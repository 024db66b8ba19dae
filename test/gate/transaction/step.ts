import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type Change } from '../../../tools/gate/transaction/apply.ts';
import { type Lock, takeLock } from '../../../tools/gate/transaction/lock.ts';
import { type Repository, repositoryIn, temporaryFolder } from '../../support/repository.ts';

export const BOARD = '.GOV/board.md';
export const GOES = '.GOV/goes.md';
export const KEPT = '.GOV/kept.md';
export const ENTRY = '.GOV/ledger/WP-1-A-v1/0001-stub.json';
export const STUB = '.GOV/stubs/WP-1-A-v1.md';

export const BEFORE = { [BOARD]: 'old\r\n', [GOES]: 'goes\n', [KEPT]: 'kept\n' };
export const AFTER = { [BOARD]: 'new\r\n', [KEPT]: 'kept\n', [ENTRY]: '{}', [STUB]: '# Übung § 漢\n' };

/** A step of every kind of write: a new file in a new folder, another text, one that goes, one that stays as it is. */
export function stepOf(git: Change['git'] = []): Change {
  return {
    step: 'stub',
    wpId: 'WP-1-A-v1',
    writes: new Map([
      [ENTRY, AFTER[ENTRY]],
      [STUB, AFTER[STUB]],
      [KEPT, AFTER[KEPT]],
      [BOARD, AFTER[BOARD]],
      [GOES, undefined],
    ]),
    git,
  };
}

/** What is written, one after the other. */
export const WRITTEN = ['journal', ENTRY, STUB, BOARD, GOES, 'journal removed'];

/** A repository of its own folder, so that there is room for worktrees beside it. */
export function repositoryBefore(): Repository {
  const root = join(temporaryFolder(), 'tree');
  mkdirSync(root);
  const repository = repositoryIn(root);
  repository.commit(BEFORE);
  return repository;
}

export const lockOf = (root: string): Promise<Lock> =>
  takeLock(join(root, '.git', 'govkit', 'lock'), { patience: 20_000 });

export async function locked<T>(root: string, work: (lock: Lock) => Promise<T>): Promise<T> {
  const lock = await lockOf(root);
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}

/** Every file of the tree, temporary ones included. */
export function filesOf(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1).replaceAll('\\', '/');
    if (/^\.git(?:$|\/)/.test(name) || entry.isDirectory()) continue;
    found[name] = entry.isSymbolicLink() ? 'a link' : readFileSync(path, 'utf8');
  }
  return found;
}

/** What govkit keeps in the git folder. */
export function keptIn(root: string): string[] {
  return readdirSync(join(root, '.git', 'govkit')).sort();
}

/** Copies of the repository as it was after each single write: what a kill leaves there. */
export async function killedEverywhere(only?: string): Promise<{ what: string; root: string }[]> {
  const { root } = repositoryBefore();
  const copies: { what: string; root: string }[] = [];
  await locked(root, (lock) =>
    apply(root, stepOf(), {
      lock,
      written(what) {
        if (only !== undefined && what !== only) return;
        const copy = join(temporaryFolder(), 'tree');
        cpSync(root, copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
        copies.push({ what, root: copy });
      },
    }),
  );
  return copies;
}

/** The copy that a kill after `what` leaves. */
export async function killedAfter(what: string): Promise<string> {
  return (await killedEverywhere(what))[0]!.root;
}
