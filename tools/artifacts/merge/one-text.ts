import { decode, type TextFile } from '../../text/index.ts';
import { emptyPlan, printLines } from '../print/lines.ts';
import { eachOf, type MergedRow } from './arrange-rows.ts';
import type { Sheet, Sides } from './row.ts';

/** A line that stands for a row that a person has to settle, the same on all sides. */
export interface Contested {
  mark: string;
  /** The row that it stands for, as it is printed. */
  line: string;
  row: MergedRow;
}

/**
 * Gives each row one text on all sides: rows that say the same may differ in blanks and bullets, and neighbours that
 * differ on both sides are a conflict to whoever merges text. A contested row becomes a mark.
 */
export function inOneText(
  sheets: Sides<Sheet>,
  texts: Sides<string>,
  own: Sides<readonly MergedRow[]>,
): { texts: Sides<string>; contested: Contested[] } {
  const files = eachOf(sheets, ({ file }, side) => fileOf(file.path, texts[side]!));
  const lines = eachOf(sheets, (sheet, side) => linesOf(sheet.again(files[side]!), own[side]!, side));
  const plans = eachOf(sheets, emptyPlan);
  const contested: Contested[] = [];
  for (const row of own[1]) {
    if (row.stands === 'apart') continue;
    const at = eachOf(lines, (each) => each.get(row));
    const written = eachOf(files, (file, side) => file.lines[(at[side] ?? 0) - 1]);
    const text = row.stands === 'aligned' ? chosen(written) : markFor(contested.length, texts);
    if (text === undefined) continue;
    if (row.stands === 'contested') contested.push({ mark: text, line: written[1] ?? '', row });
    for (const [side, line] of at.entries())
      if (line !== undefined && written[side] !== text) plans[side]!.replace.set(line, text);
  }
  return { texts: eachOf(files, (file, side) => printLines(file, plans[side]!).text), contested };
}

/** That of the side which has changed it; of two that have, ours. */
function chosen([base, ours, theirs]: Sides<string | undefined>): string | undefined {
  return ours === base ? theirs : ours;
}

function markFor(at: number, texts: Sides<string>): string {
  let mark = `row ${at} is contested`;
  while (texts.some((text) => text.includes(mark))) mark += '.';
  return mark;
}

/** The lines of the rows in a printed document, where those of a section stand in their order. */
function linesOf(sheet: Sheet, rows: readonly MergedRow[], side: number): Map<MergedRow, number> {
  const read = new Map<string, number[]>();
  for (const { section, line } of [...sheet.rows].reverse()) {
    const own = read.get(section);
    if (own === undefined) read.set(section, [line]);
    else own.push(line);
  }
  return new Map(
    rows.flatMap((row) => {
      const line = read.get(row.drafts[side]!.section)?.pop();
      return line === undefined ? [] : [[row, line] as const];
    }),
  );
}

/** The marks as the conflicts that they stand for: both lines, as git shows them. */
export function shown(
  text: string,
  contested: readonly Contested[],
  sheets: Sides<Sheet>,
  markerSize: number,
): string {
  const marker = (char: string, label = ''): string => char.repeat(markerSize) + label;
  return exchanged(text, contested, ({ row }) => {
    const [ours, theirs] = ([1, 2] as const).map((side) => {
      const at = row.trio[side]?.line;
      return at === undefined ? [] : [sheets[side].file.lines[at - 1]!];
    });
    return [marker('<', ' ours'), ...ours!, marker('='), ...theirs!, marker('>', ' theirs')];
  });
}

/** The text with other lines for the marks in it. */
export function exchanged(
  text: string,
  contested: readonly Contested[],
  linesFor: (each: Contested) => readonly string[],
): string {
  if (contested.length === 0) return text;
  const marks = new Map(contested.map((each) => [each.mark, each]));
  return text
    .split('\n')
    .flatMap((line) => {
      const end = line.endsWith('\r') ? '\r' : '';
      const each = marks.get(end === '' ? line : line.slice(0, -1));
      return each === undefined ? [line] : linesFor(each).map((other) => other + end);
    })
    .join('\n');
}

export function fileOf(path: string, text: string): TextFile {
  return decode(path, new TextEncoder().encode(text));
}
