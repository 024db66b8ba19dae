import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Config, loadConfig, specPointers } from '../config/index.ts';
import { UsageError } from '../findings/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../spec/index.ts';
import { ownCache } from './cache.ts';
import type { Call } from './command.ts';

/** What the configuration says; the rules that it may name are looked up only where it names some. */
export function loadSettings(snapshot: Snapshot): Promise<Config> {
  return loadConfig(snapshot, {
    rules: async () => (await import('./rules.ts')).checkRules().map(({ id }) => id),
    retention: async () => (await import('../recorder/index.ts')).RETENTION,
  });
}

/** The Master Spec that the call names, else the one in force. */
export async function loadCallSpec(call: Call, snapshot: Snapshot, known?: Config): Promise<SpecIndex> {
  const { layout } = known ?? (await loadSettings(snapshot));
  return loadSpec(snapshot, {
    root: call.root,
    cwd: call.cwd,
    cache: await ownCache(call.root),
    pointers: specPointers(layout),
    ...(call.spec !== undefined && { spec: call.spec }),
  });
}

/** The last value of an option. */
export function value(call: Call, name: string): string | undefined {
  return call.values[name]?.at(-1);
}

/** A path of the call (relative to where it was typed) as a path below the root. */
export function belowRoot(call: Call, path: string): string {
  if (path === '') throw new UsageError('Unexpected empty path, expected a file or folder');
  const below = relative(call.root, resolve(call.cwd, path));
  if (below === '') return '.';
  return isAbsolute(below) || below.startsWith(`..${sep}`) || below === '..'
    ? resolve(call.cwd, path)
    : below.split(sep).join('/');
}

/** A whole number of at least one. */
export function positive(call: Call, name: string): number | undefined {
  const text = value(call, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new UsageError(`--${name} ${text}: expected a whole number from 1`);
  return number;
}
