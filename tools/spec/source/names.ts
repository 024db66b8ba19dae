import { posix } from 'node:path';
import { compareText } from '../../findings/index.ts';

/** What the file of a spec version is called. */
export const SPEC_FILE = /(?:^|[-_ ])spec[-_ ]v\d+(?:\.\d+)*\.md$/i;

/** Where the versions of a spec stand: in the root, in `.GOV/spec`, beside the pointer. */
export const SPEC_PLACES = ['*.md', '.GOV/spec/**/*.md', '.GOV/roles_shared/*.md'];

/** What the manifest of a folder of modules is called. */
export const MANIFEST = 'indexed-spec-manifest.json';

/** What the front matter of a module states as its `schema`, before the number. */
export const MODULE_SCHEMA = 'handshake.indexed_spec.module@';

const MODULE_FILE = /^\d{1,3}(?:-\d{1,3})*-\p{L}[^/]*\.md$/iu;

/** Is a file named like a module: `07-user-experience.md`, `07-6-development-roadmap.md`? */
export function isModuleName(path: string): boolean {
  return MODULE_FILE.test(posix.basename(path));
}

/** Is it, or does it lie in, the folder of a transfer? Nothing in there is the spec's text. */
export function isTransfer(path: string): boolean {
  return path.split('/').includes('_transfer');
}

/** A version as a document states it, with its `v`. */
export function versionFrom(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^v?\d[\w.]*$/i.test(text)) return undefined;
  return /^v/i.test(text) ? text : `v${text}`;
}

/** Names hold dots and spaces; brackets and stars would be patterns. */
export function literal(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
}

/**
 * The order in which files named by a glob, or modules without a manifest, make one spec. Folder by folder, a
 * name's leading numbers count as a section number does: `2-x` before `10-x`, and `07-a` (chapter 7) before
 * `07-6-b` (its part 6). Then the words, with the numbers in them by value. What has no number comes last.
 */
export function byReadingOrder(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = byName(left[i]!, right[i]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length || compareText(a, b);
}

function partsOf(path: string): string[] {
  return path.replace(/\.md$/i, '').split('/');
}

const LEADING = /^\d+(?:[-._]\d+(?=[-._ ]|$))*/;

function byName(a: string, b: string): number {
  const [left, right] = [LEADING.exec(a)?.[0] ?? '', LEADING.exec(b)?.[0] ?? ''];
  if ((left === '') !== (right === '')) return left === '' ? 1 : -1;
  return (
    byNumbers(left.split(/\D/), right.split(/\D/)) || byWords(a.slice(left.length), b.slice(right.length))
  );
}

function byNumbers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = Number(a[i]) - Number(b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function byWords(a: string, b: string): number {
  // Words and numbers in turn.
  const [left, right] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = i % 2 === 0 ? compareText(left[i]!, right[i]!) : Number(left[i]) - Number(right[i]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
