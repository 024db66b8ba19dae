import type { Authority, MatrixRow, SpecFile } from '../model.ts';
import { prefixesOf } from './headings.ts';

const HEADER = /^\|\s*Section\s*\|.*\bMain Body Authority\b/i;
const NUMBER_CELL = /^§?(\d+(?:\.\d+)*)\.?$/;

/** The rows of the first Coverage Matrix within the lines `from`..`to` (from 1, inclusive). */
export function matrixRows(file: SpecFile, from: number, to: number): MatrixRow[] {
  const rows: MatrixRow[] = [];
  let inTable = false;
  for (let line = from; line <= to; line++) {
    const text = file.lines[line - 1] ?? '';
    if (!inTable) {
      inTable = HEADER.test(text);
      continue;
    }
    if (!text.startsWith('|')) break;
    const [number, title = '', authority, phases = ''] = cells(text);
    const match = NUMBER_CELL.exec(number ?? '');
    const says = authority?.toUpperCase();
    if (!match || (says !== 'YES' && says !== 'NO')) continue;
    rows.push({
      number: match[1]!,
      title,
      authority: says,
      phases: phases.split(/\s*,\s*/).filter((phase) => phase !== ''),
      file: file.path,
      line,
    });
  }
  return rows;
}

/** The row of the number, or of its longest listed prefix. */
export function matrixRow(rows: ReadonlyMap<string, MatrixRow>, number: string): MatrixRow | undefined {
  if (rows.size === 0) return undefined;
  for (const prefix of prefixesOf(number)) {
    const row = rows.get(prefix);
    if (row) return row;
  }
  return undefined;
}

export function authorityOf(rows: ReadonlyMap<string, MatrixRow>, number: string | undefined): Authority {
  return (number === undefined ? undefined : matrixRow(rows, number)?.authority) ?? 'UNKNOWN';
}

function cells(row: string): string[] {
  return row
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
