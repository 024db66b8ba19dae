import { compareText } from '../findings/index.ts';
import { sha256 } from '../text/index.ts';
import { readGlobs } from './globs.ts';
import { type Snapshot, UnreadableFile } from './snapshot.ts';

/** Whole-file edits; `undefined` removes the file. */
export type Edits = ReadonlyMap<string, string | undefined>;

/** The tree as it would be after the edits: a plan is checked by the same rules before it is applied. */
export function plannedSnapshot(base: Snapshot, edits: Edits): Snapshot {
  const digest = sha256(
    [...edits]
      .sort(([a], [b]) => compareText(a, b))
      .map(([path, text]) => `${path}\0${text ?? ''}`)
      .join('\0'),
  );
  return {
    id: `planned(${base.id},${digest.slice(0, 12)})`,
    async list(globs, problem) {
      const { matches } = readGlobs(globs);
      const paths = new Set(await base.list(globs, problem));
      for (const [path, text] of edits) {
        if (text === undefined) paths.delete(path);
        else if (matches(path)) paths.add(path);
      }
      return [...paths].sort(compareText);
    },
    idOf: (path) => (edits.has(path) ? undefined : base.idOf?.(path)),
    async read(path) {
      if (!edits.has(path)) return base.read(path);
      const text = edits.get(path);
      if (text === undefined) throw new UnreadableFile(path, 'missing');
      return new TextEncoder().encode(text);
    },
  };
}
