import type { TextFile } from '../../text/index.ts';
import { Unprintable } from '../print/unprintable.ts';
import { arrangeRows, eachOf, type MergedRow } from './arrange-rows.ts';
import { boardSheets } from './board-sheet.ts';
import { sameEnds } from './line-ends.ts';
import { type Contested, exchanged, fileOf, inOneText, shown } from './one-text.ts';
import { identityOf, type RenderedKind, type Sheet, type Sides } from './row.ts';
import { auditSheets, registrySheets } from './table-sheets.ts';

/** What merges prose: line by line, with markers where it cannot. */
export interface TextMerger {
  /** Characters of a marker. */
  markerSize: number;
  merge(base: string, ours: string, theirs: string): Promise<{ text: string; conflicts: number }>;
}

/** A row of which nothing tells how it is to stand. */
export interface RowConflict {
  key: string;
  /** The row on each side; absent where it was taken away. */
  ours?: string;
  theirs?: string;
}

export interface MergedDocument {
  /** With the BOM, where there is to be one. */
  text: string;
  /** Places that are left for a person, in rows and in prose. */
  conflicts: number;
  rows: RowConflict[];
}

const SHEETS: Readonly<Record<RenderedKind, (files: Sides<TextFile>) => Sides<Sheet>>> = {
  board: boardSheets,
  registry: registrySheets,
  audit: auditSheets,
};

/**
 * Merges a rendered document: rows by what they say, the prose around them as text. Every side is printed with the
 * merged rows first, so that a text merge finds nothing to do in them. What cannot be printed so is merged as text.
 */
export async function mergeRendered(
  kind: RenderedKind,
  base: TextFile,
  ours: TextFile,
  theirs: TextFile,
  merger: TextMerger,
): Promise<MergedDocument> {
  const { files, bom } = sameEnds([base, ours, theirs]);
  const marked = (text: string): string => (bom ? '\ufeff' : '') + text;
  const sheets = SHEETS[kind](files);
  const { merged, sections } = arrangeRows(sheets);
  const printed = print(sheets, sections);
  if (printed !== undefined) {
    const { text, conflicts } = await merger.merge(...printed.texts);
    // With markers in it the rows cannot be counted; without them every one has to be there.
    const settled = exchanged(text, printed.contested, ({ line }) => [line]);
    if (conflicts > 0 || isComplete(sheets[1].again(fileOf(ours.path, settled)), merged)) {
      const rows = merged.flatMap((row) => (row.decision.is === 'conflict' ? [conflictOf(row, sheets)] : []));
      const whole = shown(text, printed.contested, sheets, merger.markerSize);
      return { text: marked(whole), conflicts: conflicts + rows.length, rows };
    }
  }
  const { text, conflicts } = await merger.merge(...eachOf(files, (file) => file.text));
  return { text: marked(text), conflicts, rows: [] };
}

function print(
  sheets: Sides<Sheet>,
  sections: ReadonlyMap<string, readonly MergedRow[]>,
): { texts: Sides<string>; contested: Contested[] } | undefined {
  const own = eachOf(sheets, (_, side) =>
    [...sections].flatMap(([name, rows]) => rows.filter(({ drafts }) => drafts[side]?.section === name)),
  );
  try {
    const texts = eachOf(sheets, (sheet, side) => sheet.print(own[side]!.map(({ drafts }) => drafts[side]!)));
    return inOneText(sheets, texts, own);
  } catch (error) {
    if (error instanceof Unprintable) return undefined;
    throw error;
  }
}

/** Is each merged row there, as often as it should? Rows that were merged as text count as they are. */
function isComplete(sheet: Sheet, merged: readonly MergedRow[]): boolean {
  const loose = new Set(
    merged.flatMap(({ stands, trio }) => (stands === 'apart' ? trio.map((row) => row?.key) : [])),
  );
  const open = new Map<string, number>();
  const add = (identity: string, by: number): void => {
    open.set(identity, (open.get(identity) ?? 0) + by);
  };
  for (const { drafts } of merged) {
    const draft = drafts[1];
    if (draft !== undefined && !loose.has(draft.key)) add(identityOf(draft), 1);
  }
  for (const row of sheet.rows) if (!loose.has(row.key)) add(identityOf(row), -1);
  return [...open.values()].every((left) => left === 0);
}

function conflictOf({ trio: [, ours, theirs] }: MergedRow, sheets: Sides<Sheet>): RowConflict {
  const textOf = (side: 1 | 2, line: number): string => sheets[side].file.lines[line - 1]!.trim();
  return {
    key: (ours ?? theirs)!.key,
    ...(ours === undefined ? {} : { ours: textOf(1, ours.line) }),
    ...(theirs === undefined ? {} : { theirs: textOf(2, theirs.line) }),
  };
}
