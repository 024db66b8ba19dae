import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { HookPlace } from './place.ts';
import {
  bundleOf,
  chainLine,
  HOOKS,
  type HookName,
  hookScript,
  isChained,
  ownerOf,
  shellWord,
} from './script.ts';

/**
 * `installed`: ours, as this version writes it. `outdated`: ours, of another version or for another bundle.
 * `chained`: somebody else's that starts ours. `foreign`: somebody else's. `edited`: ours, changed by hand.
 */
export type HookState = 'absent' | 'installed' | 'outdated' | 'edited' | 'chained' | 'foreign';

export interface Hook {
  name: HookName;
  /** Absolute. */
  path: string;
  state: HookState;
  /** Why git would not run it, or it would refuse every commit. */
  broken?: string;
}

/** What stands where git looks for the hooks. */
export function readHooks(place: HookPlace): Hook[] {
  const own = HOOKS.map((name) => readHook(place, name));
  // Git's own example of the second hook runs the first: then one chain serves both.
  const served = own[0]?.state !== 'foreign';
  return own.map((hook) =>
    hook.name === 'pre-merge-commit' && hook.state === 'foreign' && served && runsFirst(hook.path)
      ? { ...hook, state: 'chained' }
      : hook,
  );
}

function readHook(place: HookPlace, name: HookName): Hook {
  const path = join(place.folder, name);
  const text = textOf(path);
  if (text === undefined) return { name, path, state: 'absent' };
  const owner = ownerOf(text);
  if (owner === 'foreign')
    return { name, path, state: isChained(text) ? 'chained' : 'foreign', ...off(path) };
  if (owner === 'edited') return { name, path, state: 'edited', ...off(path) };
  const current = 'path' in place.bundle && text === hookScript(name, place.bundle.path);
  return { name, path, state: current ? 'installed' : 'outdated', ...off(path), ...gone(place, text) };
}

/** Undefined where nothing stands; a folder or a file that may not be read is somebody else's. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}

/** Git passes over such a hook with no more than a hint, and every commit goes through. */
function off(path: string): Pick<Hook, 'broken'> {
  if (process.platform === 'win32') return {};
  return (statSync(path).mode & 0o111) === 0 ? { broken: 'it is not executable, so git ignores it' } : {};
}

function gone({ homes, bundle }: HookPlace, text: string): Pick<Hook, 'broken'> {
  const path = bundleOf(text);
  if (path === undefined || ('path' in bundle && bundle.path === path)) return {};
  return homes.some((home) => textOf(join(home, path)) !== undefined)
    ? {}
    : { broken: `it starts ${path}, which is not there, so every commit is refused` };
}

function runsFirst(path: string): boolean {
  return /\bpre-commit\b/.test(textOf(path) ?? '');
}

/** The one line that tells how somebody else's hook and ours stand together. */
export function howToChain(place: HookPlace, { name, path }: Hook): string {
  const own = 'path' in place.bundle ? chainLine(name, place.bundle.path) : `gov hooks run ${name} || exit 1`;
  // Other repositories that the same hook serves have nothing to check, and no govkit.
  const line = place.shared ? `[ ! -d ${shellWord(place.tree)} ] || ${own}` : own;
  return `add as its first command: ${line} (in ${shown(place, editable(path))})`;
}

/** Husky writes `.husky/_` anew at each install; what is added belongs beside it. */
function editable(path: string): string {
  const folder = dirname(path);
  return basename(folder) === '_' && basename(dirname(folder)) === '.husky'
    ? join(dirname(folder), basename(path))
    : path;
}

/** A path as it is printed: below the root where it is there, else whole. */
export function shown({ root }: Pick<HookPlace, 'root'>, path: string): string {
  const below = relative(root, path);
  return below.startsWith('..') ? path : below;
}
