import { GovError } from '../../findings/index.ts';
import { commitSnapshot, type Snapshot } from '../../snapshot/index.ts';
import type { SpecFile } from '../model.ts';
import { literal } from './names.ts';
import { findSpec } from './source.ts';
import { compareVersions } from './versions.ts';

/** The spec before this one, and how to name it. */
export interface Predecessor {
  name: string;
  files: SpecFile[];
}

const VERSION = /(?<=[-_ ])v\d+(?:\.\d+)*/i;

/**
 * The next lower version at hand under the same name, else what the commit before has at the same place:
 * HEAD for the work tree and the index, the first parent for a commit. Undefined where there is neither.
 */
export async function predecessorOf(
  snapshot: Snapshot,
  source: string,
  root: string,
): Promise<Predecessor | undefined> {
  const lower = await lowerVersion(snapshot, source);
  if (lower !== undefined) {
    const files = await readSpec(snapshot, lower, root);
    if (files) return { name: lower, files };
  }
  const base = snapshot.id.startsWith('commit:') ? `${snapshot.id.slice('commit:'.length)}^` : 'HEAD';
  const commit = await attempt(() => commitSnapshot(root, base));
  const files = commit && (await readSpec(commit, source, root));
  return files && { name: `${base.replace(/^([0-9a-f]{7})[0-9a-f]+/, '$1')}:${source}`, files };
}

/** The path with the highest version below the source's, all else in it alike. */
async function lowerVersion(snapshot: Snapshot, source: string): Promise<string | undefined> {
  const own = VERSION.exec(source);
  if (!own) return undefined;
  // Each place of the version becomes a star.
  const escaped = source.split(own[0]).map(literal);
  let best: { path: string; version: string } | undefined;
  for (const path of await snapshot.list([escaped.join('v*')])) {
    const version = VERSION.exec(path.slice(own.index - 1))?.[0] ?? '';
    if (source.replaceAll(own[0], version) !== path || compareVersions(version, own[0]) >= 0) continue;
    if (best === undefined || compareVersions(version, best.version) > 0) best = { path, version };
  }
  return best?.path;
}

async function readSpec(snapshot: Snapshot, path: string, root: string): Promise<SpecFile[] | undefined> {
  return (await attempt(() => findSpec(snapshot, { spec: path, root })))?.files;
}

/** No git, no such commit or no such file: there is no predecessor. */
async function attempt<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof GovError) return undefined;
    throw error;
  }
}
