import { type Decision, decide } from './decide.ts';
import { matchRows, type Trio } from './match.ts';
import { mergeOrder } from './order.ts';
import { type Row, type RowDraft, type RowPart, type Sheet, type Sides, samePart } from './row.ts';

/** A row after merging. */
export interface MergedRow {
  trio: Trio;
  decision: Decision;
  /** How it is to stand in each of the documents; undefined where it is not in it. */
  drafts: Sides<RowDraft | undefined>;
  /**
   * `aligned`: in one place with one text. `contested`: in one place, and a person has to choose between the texts.
   * `apart`: each side has its own, and they are merged as text is.
   */
  stands: 'aligned' | 'contested' | 'apart';
}

/** The rows that each document is to have, section by section; those that the documents share in one order. */
export function arrangeRows(sheets: Sides<Sheet>): {
  merged: MergedRow[];
  sections: Map<string, MergedRow[]>;
} {
  const merged = matchRows(eachOf(sheets, ({ rows }) => rows)).map((trio) => mergeRow(trio, sheets));
  const of = new Map(merged.flatMap((each) => each.trio.map((row) => [row, each] as const)));
  const sections = new Map<string, Sides<MergedRow[]>>();
  for (const [side, { rows }] of sheets.entries()) {
    for (const row of rows) {
      const each = of.get(row)!;
      if (!each.drafts.some((draft) => draft?.section === row.section)) continue;
      const lists = sections.get(row.section) ?? [[], [], []];
      sections.set(row.section, lists);
      lists[side]!.push(each);
    }
  }
  return { merged, sections: new Map([...sections].map(([name, lists]) => [name, mergeOrder(lists)])) };
}

function mergeRow(trio: Trio, sheets: Sides<Sheet>): MergedRow {
  const decision = decide(trio);
  const section = sectionOf(trio, decision);
  // In a section that one side does not have no row can stand: what becomes of the section decides.
  const everywhere = sheets[1].holds(section) && sheets[2].holds(section);
  if (!everywhere || (decision.is === 'conflict' && !isVisible(trio))) {
    const drafts = eachOf(trio, (row) => row && draftOf(row, row.parts, row.section, row.line));
    return { trio, decision, drafts, stands: 'apart' };
  }
  if (decision.is === 'gone')
    return { trio, decision, drafts: [undefined, undefined, undefined], stands: 'aligned' };
  const held = (trio[1] ?? trio[2])!;
  const parts = decision.is === 'row' ? decision.parts : held.parts;
  const drafts = eachOf(trio, (row, side) =>
    sheets[side]!.holds(section) ? draftOf(held, parts, section, row?.line) : undefined,
  );
  return { trio, decision, drafts, stands: decision.is === 'row' ? 'aligned' : 'contested' };
}

function draftOf(
  { key }: Row,
  parts: readonly RowPart[],
  section: string,
  line: number | undefined,
): RowDraft {
  return { key, parts, section, ...(line === undefined ? {} : { line }) };
}

function sectionOf([base, ours, theirs]: Trio, decision: Decision): string {
  const other = decision.is === 'row' && ours !== undefined && !samePart(ours.parts[0]!, decision.parts[0]!);
  return ((other ? theirs : ours) ?? theirs ?? base)!.section;
}

/** Two texts are a conflict that a person sees; one text that was moved to two places is none. */
function isVisible([base, ours, theirs]: Trio): boolean {
  return (ours ?? base)?.trace !== (theirs ?? base)?.trace;
}

export function eachOf<T, U>(sides: Sides<T>, make: (value: T, side: number) => U): Sides<U> {
  return [make(sides[0], 0), make(sides[1], 1), make(sides[2], 2)];
}
