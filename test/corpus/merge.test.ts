import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  changedAuditRow,
  changedEntry,
  changedRow,
  type GovTree,
  mergeRendered,
  type Printable,
  printDocument,
  type RenderedKind,
  readTree,
} from '../../tools/artifacts/index.ts';
import { proseMerger } from '../../tools/cli/hooks/merge-file.ts';
import { worktreeSnapshot } from '../../tools/snapshot/index.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';
import { corpusRoot } from '../support/corpus.ts';

let tree: GovTree;
beforeAll(async () => {
  tree = await readTree(worktreeSnapshot(corpusRoot));
});

/** What is done to some row of a document: it goes, it is changed, or a new one stands before it. */
interface Edit {
  at: number;
  how: 'remove' | 'change' | 'insert';
}

/** The document with these edits, each by its number among the edits of both sides. */
const EDITED: Record<RenderedKind, (edits: ReadonlyMap<number, [Edit, number]>) => Printable> = {
  board: (edits) => ({
    ...tree.board!,
    entries: tree.board!.entries.flatMap((entry, at) =>
      applied(edits.get(at), entry, {
        changed: () => changedEntry(entry, { section: 'Blocked', token: 'BLOCKED' }),
        made: (id) => changedEntry(entry, { wpId: `WP-9-New-${id}-v1`, detail: 'x: 1' }),
      }),
    ),
  }),
  registry: (edits) => ({
    ...tree.registry!,
    rows: tree.registry!.rows.flatMap((row, at) =>
      applied(edits.get(at), row, {
        changed: () => changedRow(row, { notes: 'free | text' }),
        made: (id) => changedRow(row, { baseWpId: `WP-9-New-${id}` }),
      }),
    ),
  }),
  audit: (edits) => ({
    ...tree.audit!,
    rows: tree.audit!.rows.flatMap((row, at) =>
      applied(edits.get(at), row, {
        changed: () => changedAuditRow(row, { purpose: '(INVALID - REUSED BY ERROR)' }),
        made: (id) => changedAuditRow(row, { signature: `new${id}` }),
      }),
    ),
  }),
};

function applied<T extends { place?: unknown }>(
  edit: [Edit, number] | undefined,
  row: T,
  { changed, made }: { changed(): T; made(id: number): T },
): T[] {
  if (edit === undefined) return [row];
  const [{ how }, id] = edit;
  if (how === 'remove') return [];
  if (how === 'change') return [changed()];
  const { place: _, ...fresh } = made(id);
  return [fresh as T, row];
}

const read = (model: Printable, text: string): TextFile =>
  decode(model.file.path, new TextEncoder().encode(text));
/** The moved stand in the order of their sides: only what stands where is compared, not in which order. */
const sorted = (text: string): string[] => text.split('\n').sort();

describe('merging the corpus', () => {
  const edits = fc.uniqueArray(
    fc.record({ at: fc.nat(89), how: fc.constantFrom<Edit['how']>('remove', 'change', 'insert') }),
    { minLength: 2, maxLength: 24, selector: ({ at }) => at },
  );

  it.each<RenderedKind>(['board', 'registry', 'audit'])(
    '%s: what two branches do to different rows, neighbours too, is all there',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(edits, fc.infiniteStream(fc.boolean()), async (all, mine) => {
          const sides = all.map((edit, id) => ({ edit, id, own: mine.next().value as boolean }));
          const model = (wanted: (own: boolean) => boolean): TextFile => {
            const taken = sides.filter(({ own }) => wanted(own));
            const document = EDITED[kind](new Map(taken.map(({ edit, id }) => [edit.at, [edit, id]])));
            return read(document, printDocument(document));
          };
          const [base, ours, theirs] = [model(() => false), model((own) => own), model((own) => !own)];
          const merged = await mergeRendered(kind, base, ours, theirs, proseMerger(tmpdir()));
          expect([merged.conflicts, merged.rows]).toEqual([0, []]);
          const wanted = model(() => true);
          expect(sorted(merged.text)).toEqual(sorted((wanted.bom ? '\ufeff' : '') + wanted.text));
        }),
        { numRuns: 25 },
      );
    },
    60_000,
  );
});
