import picomatch from 'picomatch';
import { type GovTree, readTree, type TreeOptions } from '../../tools/artifacts/index.ts';
import { type Snapshot, UnreadableFile, type UnreadableReason } from '../../tools/snapshot/index.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';

/** What a path of a tree in memory holds: text, bytes, or the reason why it cannot be read. */
export type Content = string | Uint8Array | { unreadable: UnreadableReason };
export type Files = Readonly<Record<string, Content>>;

export function memorySnapshot(files: Files): Snapshot {
  return {
    id: 'memory',
    async list(globs) {
      const wanted = picomatch(
        [...globs].filter((glob) => !glob.startsWith('!')),
        { dot: true },
      );
      const refused = picomatch(
        globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)),
        {
          dot: true,
        },
      );
      return Object.keys(files)
        .filter((path) => wanted(path) && !refused(path))
        .sort();
    },
    async read(path) {
      const content = files[path];
      if (content === undefined) throw new UnreadableFile(path, 'missing');
      if (typeof content === 'string') return new TextEncoder().encode(content);
      if (content instanceof Uint8Array) return content;
      throw new UnreadableFile(path, content.unreadable);
    },
  };
}

export function treeOf(files: Files, options?: TreeOptions): Promise<GovTree> {
  return readTree(memorySnapshot(files), options);
}

export function fileOf(path: string, text: string): TextFile {
  return decode(path, new TextEncoder().encode(text));
}

/** What a place covers, read back from the file: the test that a position is right. */
export function textAt(
  file: TextFile,
  place: { line: number; column: number; endLine: number; endColumn: number },
): string {
  const lines = file.lines.slice(place.line - 1, place.endLine);
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? place.column - 1 : 0, index === last ? place.endColumn - 1 : line.length),
    )
    .join('\n');
}
