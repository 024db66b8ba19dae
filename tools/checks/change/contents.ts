import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Contents } from './change.ts';

/**
 * What stands at the paths of several snapshots, comparable: a text that has another line end on disk than in git
 * (a CRLF checkout) is the same text. Bytes are read only where git's ids do not settle it.
 */
export async function comparableContents(
  sides: readonly { snapshot: Snapshot; paths: Iterable<string>; ids?: ReadonlyMap<string, string> }[],
): Promise<Contents[]> {
  const known = sides.map(({ snapshot, paths, ids }) => {
    const contents = new Map<string, string>();
    for (const path of paths) contents.set(path, ids?.get(path) ?? snapshot.idOf?.(path) ?? '');
    return contents;
  });
  const unsettled = new Set(known.flatMap((contents) => [...contents.keys()])).values();
  for (const path of unsettled) {
    const values = known.flatMap((contents) => contents.get(path) ?? []);
    // Everywhere the same, or in one place alone and with an id.
    if (values.length === known.length && !values.includes('') && new Set(values).size === 1) continue;
    for (const [at, contents] of known.entries()) {
      if (contents.has(path)) contents.set(path, await textId(sides[at]!.snapshot, path));
    }
  }
  return known;
}

async function textId(snapshot: Snapshot, path: string): Promise<string> {
  try {
    const bytes = await snapshot.read(path);
    return `text:${sha256(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'))}`;
  } catch (error) {
    if (error instanceof UnreadableFile) return `unreadable:${error.reason}`;
    throw error;
  }
}
