import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { type WalkedTable, Walker } from './blocks.ts';

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

/**
 * The tables of the lines `from`..`to` (from 1, inclusive), also those in lists and quotes. Blocks and pipes make a
 * GFM table, also within code spans: remark would find the same rows a hundred times slower. Takes visible lines.
 */
export function readTables(file: string, visible: readonly string[], from = 1, to = visible.length): Table[] {
  // Most documents have none, and need no second walk.
  if (!visible.some((text) => text.includes('|') || text.includes(':-') || text.includes('-:'))) return [];
  const walked: WalkedTable[] = [];
  new Walker({ lines: visible, from, to, tables: walked }).run();
  return walked.map(({ line, columns, rows }) => {
    const cells = (at: number): TableCell[] => readCells(file, at, visible[at - 1]!, columns.get(at)! - 1);
    return { line, header: cells(line), rows: rows.map((at) => ({ line: at, cells: cells(at) })) };
  });
}

function readCells(file: string, line: number, text: string, from: number): TableCell[] {
  const bounds = [from - 1];
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '|') bounds.push(at);
  }
  bounds.push(text.length);
  const cells: TableCell[] = [];
  for (let index = 0; index + 1 < bounds.length; index++) {
    const [start, end] = trimmed(text, bounds[index]! + 1, bounds[index + 1]!);
    // Pipes at the edges of a row bound it; they open no cell.
    if (start === end && (index === 0 || index + 2 === bounds.length)) continue;
    const raw = text.slice(start, end);
    cells.push({
      text: raw.replaceAll('\\|', '|'),
      raw,
      place: spanPlace(file, line, start + 1, raw.length),
    });
  }
  // A pipe alone is a row all the same.
  if (cells.length === 0) cells.push({ text: '', raw: '', place: spanPlace(file, line, from + 1, 0) });
  return cells;
}

/** GFM takes blanks and tabs off a cell, and no other white space. */
function trimmed(text: string, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return start < end ? [start, end] : [from, from];
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
