import type { Cache } from '../../snapshot/index.ts';
import { sha256 } from '../../text/index.ts';
import type { SpecFile, SpecIndex } from '../model.ts';
import { doubledLines } from '../source/encoding.ts';
import { buildIndex } from './build.ts';
import { isKept, type Kept } from './kept.ts';

/** {@link buildIndex}, from the cache where the same bytes were read before under the same name. */
export async function cachedIndex(
  cache: Cache | undefined,
  source: string,
  files: readonly SpecFile[],
): Promise<SpecIndex> {
  if (!cache) return buildIndex(source, files);
  const key = sha256(JSON.stringify([source, ...files.map(({ path, sha256: hash }) => [path, hash])]));
  const kept = await cache.read('spec', key);
  if (isKept(kept, source, files)) return restore(kept, files);
  const index = buildIndex(source, files);
  index.sound = doubledLines(files).length === 0;
  await cache.write('spec', key, keep(index));
  return index;
}

function keep({ files, blocks, ...rest }: SpecIndex): Kept {
  const byPath = pathsOf(files);
  return {
    ...rest,
    blocks: blocks.map(({ lines, section, ...block }) => {
      const asWritten = linesAfter(byPath, block, lines.length);
      return {
        ...block,
        ...(section && { section: section.id }),
        lines: lines.every((line, at) => line === asWritten[at]) ? lines.length : lines,
      };
    }),
  };
}

function restore({ blocks, ...rest }: Kept, files: readonly SpecFile[]): SpecIndex {
  const byPath = pathsOf(files);
  return {
    ...rest,
    files: [...files],
    blocks: blocks.map(({ section, lines, ...block }) => ({
      ...block,
      ...(section !== undefined && { section: rest.sections[section]! }),
      lines: typeof lines === 'number' ? linesAfter(byPath, block, lines) : lines,
    })),
  };
}

function pathsOf(files: readonly SpecFile[]): Map<string, SpecFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function linesAfter(
  files: Map<string, SpecFile>,
  { file, line }: { file: string; line: number },
  count: number,
): string[] {
  return files.get(file)?.lines.slice(line, line + count) ?? [];
}
