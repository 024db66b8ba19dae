import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';

export interface TableCell {
  /** Trimmed; `\|` as `|`. */
  text: string;
  /** As it is written. */
  raw: string;
  place: Place;
}

/** Where `length` characters of a cell's text stand, from `start` of it. */
export function partPlace({ raw, place }: TableCell, start: number, length: number): Place {
  const from = rawOffset(raw, start);
  return spanPlace(place.file, place.line, place.column + from, rawOffset(raw, start + length) - from);
}

/** An escaped pipe is two characters of the file, and one of the text. */
function rawOffset(raw: string, offset: number): number {
  let at = 0;
  for (let left = offset; left > 0 && at < raw.length; left--) at += raw.startsWith('\\|', at) ? 2 : 1;
  return at;
}

export interface TableRow {
  line: number;
  cells: TableCell[];
}

/** A pipe table: a header, a delimiter row of as many cells, then rows until a line without a pipe. */
export interface Table {
  line: number;
  header: TableCell[];
  rows: TableRow[];
}

const DELIMITER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * The tables of the lines `from`..`to` (from 1, inclusive). A GFM table is a matter of lines and pipes, also
 * inside code spans, so that remark would find the same rows a hundred times slower. Takes visible lines.
 */
export function readTables(file: string, visible: readonly string[], from = 1, to = visible.length): Table[] {
  const tables: Table[] = [];
  let line = from;
  while (line < to) {
    const head = visible[line - 1]!;
    const rule = visible[line]!;
    if (!head.includes('|') || !DELIMITER.test(rule)) {
      line += 1;
      continue;
    }
    const header = readCells(file, line, head);
    if (header.length !== readCells(file, line + 1, rule).length) {
      line += 1;
      continue;
    }
    const table: Table = { line, header, rows: [] };
    line += 2;
    while (line <= to && visible[line - 1]!.includes('|')) {
      table.rows.push({ line, cells: readCells(file, line, visible[line - 1]!) });
      line += 1;
    }
    tables.push(table);
  }
  return tables;
}

function readCells(file: string, line: number, text: string): TableCell[] {
  const bounds = [-1];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '|') bounds.push(at);
  }
  bounds.push(text.length);
  const cells: TableCell[] = [];
  for (let index = 0; index + 1 < bounds.length; index++) {
    const raw = text.slice(bounds[index]! + 1, bounds[index + 1]!);
    // Pipes at the edges of a row bound it; they open no cell.
    if (raw.trim() === '' && (index === 0 || index + 2 === bounds.length)) continue;
    const start = bounds[index]! + 1 + (raw.length - raw.trimStart().length);
    const trimmed = raw.trim();
    cells.push({
      text: trimmed.replaceAll('\\|', '|'),
      raw: trimmed,
      place: spanPlace(file, line, start + 1, trimmed.length),
    });
  }
  return cells;
}

/** Cells of a line that may head a table, counted as GFM does; 0 where it cannot. */
export function headCells(text: string): number {
  let cells = 0;
  let marks = text.startsWith('|') ? 0 : 1;
  let due = marks > 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === ' ' || char === '\t') continue;
    marks++;
    if (due) cells++;
    due = char === '|';
    // A cell's text goes on to the next pipe or blank that no backslash escapes.
    for (; !due; at++) {
      if (text[at] === '\\' && (text[at + 1] === '\\' || text[at + 1] === '|')) at++;
      if (at + 1 >= text.length || '| \t'.includes(text[at + 1]!)) break;
    }
  }
  return marks > 1 ? cells : 0;
}

const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Cells of a delimiter row; 0 where the line is none, or no more than a thematic break. */
export function delimiterCells(text: string): number {
  if (!/[|:]/.test(text) || !DELIMITER_ROW.test(text)) return 0;
  return text.split('|').filter((cell) => cell.trim() !== '').length;
}
