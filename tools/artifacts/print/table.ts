import { readTables, type TableRow } from '../../markdown/index.ts';
import type { TextFile } from '../../text/index.ts';
import { openDocument } from '../document.ts';
import { arrange, type Piece } from './arrange.ts';
import { emptyPlan, printLines, splice } from './lines.ts';
import { Unprintable } from './unprintable.ts';
import { isOneLine, readBack } from './verify.ts';

/** A row as it is to stand: the texts of its cells, and its line where it has one. */
export interface RowDraft {
  cells: readonly string[];
  line?: number | undefined;
}

/** Which table: by the title of its first column; and the columns whose cells may stand in a code span. */
export interface TableForm {
  title: RegExp;
  quoted: readonly number[];
}

/** Prints a table with these rows in this order. */
export function printTable(file: TextFile, form: TableForm, rows: readonly RowDraft[]): string {
  const table = tableOf(file, form);
  const known = new Map(table?.rows.map((row) => [row.line, row]));
  const plan = emptyPlan();
  if (table === undefined) {
    if (rows.length === 0) return printLines(file, plan).text;
    throw refused(file, rows[0]!, 'a document with the table that it belongs in');
  }
  const pieces = rows.map((row): Piece => {
    const original = row.line === undefined ? undefined : known.get(row.line);
    const isOld = (cell: string, at: number): boolean =>
      plain(original?.cells[at]?.text ?? '', at, form) === cell;
    if (!row.cells.every((cell, at) => isOld(cell, at) || isOneLine(cell)))
      throw refused(file, row, 'cells of one line');
    if (original === undefined) return { text: [rowText(row.cells)] };
    // A copy of a row is another row.
    known.delete(original.line);
    const at = { line: original.line, endLine: original.line };
    return { at, text: [changedLine(file.lines[original.line - 1]!, original, row.cells, form)] };
  });
  const lines = table.rows.map(({ line }) => ({ line, endLine: line }));
  arrange(plan, file.lines, lines, pieces, table.line + 1);
  const printed = printLines(file, plan);
  if (plan.replace.size + plan.remove.size + plan.insert.size === 0) return printed.text;
  const read = tableOf(readBack(file, printed), form)?.rows ?? [];
  for (const [index, row] of rows.entries()) {
    const found = read[index]?.cells.map(({ text }, at) => plain(text, at, form)) ?? [];
    const same = row.cells.every((cell, at) => cell === (found[at] ?? ''));
    if (!same) throw refused(file, row, 'one that reads back as itself');
  }
  if (read.length !== rows.length)
    throw refused(file, rows.at(-1) ?? { cells: [] }, 'the last row of the table');
  return printed.text;
}

function tableOf(file: TextFile, { title }: TableForm) {
  return readTables(file.path, openDocument(file).visible).find(({ header }) =>
    title.test(header[0]?.text ?? ''),
  );
}

/** From the last cell to the first, so that the places of the others stay true. */
function changedLine(line: string, { cells }: TableRow, wanted: readonly string[], form: TableForm): string {
  if (wanted.length > cells.length) {
    const missing = wanted.slice(cells.length).some((text) => text !== '');
    if (missing) return rowText(wanted);
  }
  let text = line;
  for (let index = Math.min(cells.length, wanted.length) - 1; index >= 0; index--) {
    const { text: own, place } = cells[index]!;
    if (plain(own, index, form) === wanted[index]) continue;
    const ticks = plain(own, index, form) === own ? '' : '`';
    const { column, endColumn } = place;
    const before = text.slice(0, column - 1);
    const after = text.slice(endColumn - 1);
    const pad = (edge: string | undefined): string => (edge === '|' || edge === undefined ? ' ' : '');
    const cell = ticks + escaped(wanted[index]!) + ticks;
    text = splice(text, column, endColumn - column, `${pad(before.at(-1))}${cell}${pad(after[0])}`);
  }
  return text;
}

/** A cell's text without its code span, in a column where that is a matter of style. */
function plain(text: string, column: number, { quoted }: TableForm): string {
  return quoted.includes(column) ? text.replace(/^`(.*)`$/, '$1') : text;
}

function rowText(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(' | ')} |`;
}

/** GFM parts cells at every pipe, also within code. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}

function refused(file: TextFile, { cells }: RowDraft, expected: string): Unprintable {
  return new Unprintable(file.path, 'row', cells.join(' | '), expected);
}
