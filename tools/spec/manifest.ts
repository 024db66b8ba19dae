import { posix } from 'node:path';
import { type Snapshot, UnreadableFile } from '../snapshot/index.ts';
import { specFileOf, unreadable } from './file.ts';
import type { SpecFile } from './model.ts';

/** What a folder of modules is entered by. */
export const MANIFEST = 'indexed-spec-manifest.json';

interface Manifest {
  modules?: unknown;
  reconstruction?: { module_order?: unknown } | null;
}

/** The files of an indexed manifest, in the order of its reconstruction. Throws a TreeError with its place. */
export async function readModules(snapshot: Snapshot, path: string, bytes: Uint8Array): Promise<SpecFile[]> {
  const { lines } = specFileOf(path, bytes);
  const lineOf = (module: string): number =>
    Math.max(lines.findIndex((line) => line.includes(JSON.stringify(module))) + 1, 1);
  const files: SpecFile[] = [];
  for (const module of modulesOf(path, lines.join('\n'))) {
    const file = posix.join(posix.dirname(path), module);
    const line = lineOf(module);
    if (module === '' || posix.isAbsolute(module) || file === '..' || file.startsWith('../')) {
      throw unreadable(path, `module path ${JSON.stringify(module)}`, {
        line,
        expected: 'a path inside the repository, relative to the manifest',
      });
    }
    try {
      files.push(specFileOf(file, await snapshot.read(file)));
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause;
      throw unreadable(path, cause.message, { line, cause });
    }
  }
  return files;
}

function modulesOf(path: string, text: string): string[] {
  let manifest: Manifest | null;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, 'text that is no JSON', { expected: 'a manifest of modules', cause });
  }
  const listed: unknown[] = Array.isArray(manifest?.modules) ? manifest.modules : [];
  if (listed.length === 0) throw unreadable(path, 'manifest without modules');
  const modules = listed.map((entry, index) => {
    const module = entry as { module_id?: unknown; path?: unknown } | null;
    if (typeof module?.path === 'string') return { id: module.module_id, path: module.path };
    throw unreadable(path, `module ${index + 1} without a path`, { expected: 'a path for every module' });
  });
  const order: unknown = manifest?.reconstruction?.module_order;
  if (!Array.isArray(order)) return modules.map((module) => module.path);
  const position = (id: unknown): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return modules.sort((a, b) => position(a.id) - position(b.id)).map((module) => module.path);
}
