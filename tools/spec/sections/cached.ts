import type { Cache } from '../../snapshot/index.ts';
import { sha256 } from '../../text/index.ts';
import type { CodeBlock, SpecFile, SpecIndex } from '../model.ts';
import { buildIndex } from './build.ts';

/** {@link buildIndex}, from the cache where the same bytes were read before under the same name. */
export async function cachedIndex(
  cache: Cache | undefined,
  source: string,
  files: readonly SpecFile[],
): Promise<SpecIndex> {
  if (!cache) return buildIndex(source, files);
  const key = sha256(JSON.stringify([source, ...files.map(({ path, sha256: hash }) => [path, hash])]));
  const kept = (await cache.read('spec', key)) as Kept | undefined;
  if (kept !== undefined) return restore(kept, files);
  const index = buildIndex(source, files);
  await cache.write('spec', key, keep(index));
  return index;
}

/** An index without its lines: the files are read anyway, to know whether they are the same ones. */
interface Kept extends Omit<SpecIndex, 'files' | 'blocks'> {
  blocks: KeptBlock[];
}

interface KeptBlock extends Omit<CodeBlock, 'lines' | 'section'> {
  section?: number;
  /** How many lines follow the opening fence; the lines themselves where they stand indented in the file. */
  lines: number | string[];
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
