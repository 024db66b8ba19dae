import { compareText, type Finding, type Range } from '../findings/index.ts';
import type { TextFile } from './text.ts';

/** A file after its fixes. */
export interface FixedFile {
  /** As {@link TextFile.text}: without the BOM, line ends as in the file. */
  text: string;
  applied: Finding[];
  /** Their fixes meet another one, or name no place of this file: left for the next run. */
  left: Finding[];
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Applies the fixes of findings in one file, all edits of a finding or none; of two that meet, the first in the
 * file wins. Nothing outside their ranges changes. New lines end as the line ends where they are put in.
 */
export function applyFixes(file: TextFile, findings: readonly Finding[]): FixedFile {
  const lines = lineStarts(file.text);
  const candidates = findings
    .filter(({ fix }) => fix !== undefined && fix.length > 0)
    .map((finding) => ({ finding, edits: editsOf(file.text, lines, finding) }))
    .sort((a, b) => firstOf(a.edits) - firstOf(b.edits) || compareText(a.finding.rule, b.finding.rule));
  const taken: Edit[] = [];
  const applied: Finding[] = [];
  const left: Finding[] = [];
  for (const { finding, edits } of candidates) {
    const fits = edits?.every((edit, at) => !meetsAny(edit, [...near(taken, edit), ...edits.slice(0, at)]));
    if (edits === undefined || !fits) left.push(finding);
    else {
      for (const edit of edits) insert(taken, edit);
      applied.push(finding);
    }
  }
  return { text: spliced(file.text, taken), applied, left };
}

/** Offsets of the lines' first characters. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function editsOf(text: string, lines: readonly number[], finding: Finding): Edit[] | undefined {
  const edits: Edit[] = [];
  for (const { range, text: put } of finding.fix ?? []) {
    const start = offsetOf(text, lines, range.line, range.column);
    const end = offsetOf(text, lines, range.endLine, range.endColumn);
    if (start === undefined || end === undefined || end < start) return undefined;
    // A fix of a line end itself says what it puts there.
    const own = /^\r?\n$/.test(text.slice(start, end)) && /^\r?\n$/.test(put);
    edits.push({ start, end, text: own ? put : put.replace(/\r?\n/g, lineEndAt(text, lines, range)) });
  }
  return edits;
}

/** Undefined for a place that the file does not have; the place after the last character is one. */
function offsetOf(text: string, lines: readonly number[], line: number, column: number): number | undefined {
  const start = lines[line - 1];
  if (start === undefined || column < 1) return undefined;
  const offset = start + column - 1;
  return offset <= (lines[line] === undefined ? text.length : contentEnd(text, lines[line]))
    ? offset
    : undefined;
}

/** Where the content of the line before `next` ends. */
function contentEnd(text: string, next: number): number {
  return text[next - 2] === '\r' ? next - 2 : next - 1;
}

/** Of the line itself, of the one before where it has none. */
function lineEndAt(text: string, lines: readonly number[], { line }: Range): string {
  const next = lines[line] ?? lines[line - 1] ?? 0;
  return next > 0 && text[next - 2] === '\r' ? '\r\n' : '\n';
}

function firstOf(edits: readonly Edit[] | undefined): number {
  return edits === undefined ? -1 : Math.min(...edits.map(({ start }) => start));
}

/** Two edits meet where they share a character, or begin at one place: their order would decide. */
function meets(a: Edit, b: Edit): boolean {
  if (a.start === b.start) return true;
  return a.start < b.start ? b.start < a.end : a.start < b.end;
}

function meetsAny(edit: Edit, others: readonly Edit[]): boolean {
  return others.some((other) => meets(edit, other));
}

/** Of edits in order that do not meet, only the neighbours of a place can reach it. */
function near(taken: readonly Edit[], { start, end }: Edit): Edit[] {
  const from = Math.max(0, position(taken, start) - 1);
  const to = position(taken, end) + 1;
  return taken.slice(from, to);
}

function insert(taken: Edit[], edit: Edit): void {
  taken.splice(position(taken, edit.start), 0, edit);
}

/** How many of them begin before `start`. */
function position(taken: readonly Edit[], start: number): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function spliced(text: string, edits: readonly Edit[]): string {
  let at = 0;
  let result = '';
  for (const { start, end, text: put } of edits) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}
