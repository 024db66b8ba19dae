import { isAbsolute } from 'node:path';
import { mapConcurrently } from '../../artifacts/index.ts';
import { type SourcePlace, type Sources, sourcesOf } from '../../report/index.ts';
import { UnreadableFile } from '../../snapshot/index.ts';
import { decode, NotUtf8 } from '../../text/index.ts';
import type { Governance } from './governance.ts';

/** The lines around places, of files of the snapshot alone. What is no file there, or no text, has none. */
export async function gatherSources(
  places: readonly SourcePlace[],
  { snapshot, tree, spec }: Pick<Governance['opened'], 'snapshot' | 'tree' | 'spec'>,
): Promise<Sources> {
  const known = new Map<string, readonly string[]>(
    [...tree.files, ...(spec?.files ?? [])].map(({ path, lines }) => [path, lines]),
  );
  const inside = places.filter(({ file }) => isInside(file));
  const missing = [...new Set(inside.map(({ file }) => file))].filter((file) => !known.has(file));
  const read = await mapConcurrently(missing, 32, async (file) => [file, await linesOf(file)] as const);
  for (const [file, lines] of read) if (lines !== undefined) known.set(file, lines);
  return sourcesOf(inside, known);

  async function linesOf(file: string): Promise<readonly string[] | undefined> {
    try {
      return decode(file, await snapshot.read(file)).lines;
    } catch (error) {
      if (error instanceof UnreadableFile || error instanceof NotUtf8) return undefined;
      throw error;
    }
  }
}

/** A snapshot reads an absolute path, which a caller may have named; nobody else's page is to hold it. */
function isInside(file: string): boolean {
  return !isAbsolute(file) && !/^[A-Za-z]:/.test(file) && !/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(file);
}
