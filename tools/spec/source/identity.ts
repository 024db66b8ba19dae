import { posix } from 'node:path';
import { TreeError } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { blobId } from '../../text/index.ts';
import { type Current, currentSpec } from './current.ts';
import { literal } from './names.ts';
import { knownSpecFiles } from './source.ts';

/**
 * What the spec in force is made of, by content: equal where {@link loadSpec} would give the same index. It costs
 * no more than the ids of the files, which git has at hand for what it keeps.
 */
export async function specIdentity(snapshot: Snapshot, pointers?: readonly string[]): Promise<string> {
  try {
    const current = await currentSpec(snapshot, pointers);
    const files = await filesOf(snapshot, current);
    return JSON.stringify([current, files, await knownSpecFiles(snapshot)]);
  } catch (error) {
    if (error instanceof TreeError) return JSON.stringify([error.finding.place, error.finding.message]);
    throw error;
  }
}

/** The first place where something stands; of a manifest or a folder everything beside it, since its parts are there. */
async function filesOf(snapshot: Snapshot, { tried, manifest }: Current): Promise<[string, string][]> {
  for (const path of tried) {
    const id = await idAt(snapshot, path);
    if (id === 'missing') continue;
    if (id !== 'folder' && !manifest && !path.endsWith('.json')) return [[path, id]];
    const folder = id === 'folder' ? path : posix.dirname(path);
    const paths = await snapshot.list([posix.join(literal(folder), '**')]);
    return Promise.all(
      paths.map(async (each): Promise<[string, string]> => [each, await idAt(snapshot, each)]),
    );
  }
  return [];
}

async function idAt(snapshot: Snapshot, path: string): Promise<string> {
  const known = snapshot.idOf?.(path);
  if (known !== undefined) return known;
  try {
    return blobId(await snapshot.read(path));
  } catch (error) {
    if (error instanceof UnreadableFile) return error.reason;
    throw error;
  }
}
