import { relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { UsageError } from '../../findings/index.ts';
import type { Call } from '../command.ts';

/** Which files the call names: files, folders or globs, from where they are typed, then from the root. */
export function namedFiles(
  call: Pick<Call, 'args' | 'cwd' | 'root'>,
  files: Iterable<string>,
): (file: string) => boolean {
  if (call.args.length === 0) return () => true;
  const known = [...files];
  const named = new Set<string>();
  for (const arg of call.args) {
    if (arg === '') throw new UsageError('Unexpected empty path, expected a file, folder or glob');
    const found = [call.cwd, call.root]
      .map((from) => matching(relative(call.root, resolve(from, arg)).split(sep).join('/'), known))
      .find((paths) => paths.length > 0);
    if (found === undefined)
      throw new UsageError(`${arg}: no governed file, expected a file, folder or glob`);
    for (const path of found) named.add(path);
  }
  return (file) => named.has(file);
}

/** A path that is there is taken as it is, brackets and all, before it is taken as a glob. */
function matching(path: string, known: readonly string[]): string[] {
  const start = path === '' ? '' : `${path}/`;
  const literal = known.filter((file) => file === path || file.startsWith(start));
  if (literal.length > 0 || !/[*?[{!(]/.test(path)) return literal;
  const matches = picomatch(path, { dot: true });
  return known.filter((file) => matches(file));
}
