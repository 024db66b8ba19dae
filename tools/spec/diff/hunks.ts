import { diffArrays } from 'diff';
import type { SpecIndex } from '../model.ts';
import type { Hunk, HunkSpan } from './model.ts';
import type { CountedLine, Passage } from './passages.ts';

const CONTEXT = 3;
/** Texts with more edits than this share nothing worth showing: they are shown one after the other. */
const MOST_EDITS = 2000;

const WEIGHTY =
  /\b(?:MUST|SHALL|REQUIRED)\b|\b(?:INV|TRUST|CX|HSK|VAL|FR-EVT)-(?:[A-Z]+-)*[A-Z]*\d|\bFR-EVT-[A-Z]/;
/** The languages that types are generated from. */
const SCHEMA = new Set(['yaml', 'yml', 'ts', 'typescript', 'rust']);

/** Tells of a line of a file whether it stands in a schema block. */
export type InSchema = (place: { file: string; line: number }) => boolean;

export function schemaLines({ blocks }: SpecIndex): InSchema {
  const schemas = blocks.filter(({ lang }) => SCHEMA.has(lang));
  return ({ file, line }) =>
    schemas.some(
      (block) => block.file === file && block.line < line && line < block.line + 1 + block.lines.length,
    );
}

/** One line of either side, or of both: at which place of each it stands. */
interface Row {
  sign: ' ' | '-' | '+';
  text: string;
  a: number;
  b: number;
  stretch: number;
}

interface Side {
  lines: readonly CountedLine[];
  inSchema: InSchema;
}

/** What changed between two states of a passage, with the line numbers of both files. */
export function hunksOf(a: Passage, b: Passage, [inOld, inNew]: readonly [InSchema, InSchema]): Hunk[] {
  const from: Side = { lines: a.lines(), inSchema: inOld };
  const to: Side = { lines: b.lines(), inSchema: inNew };
  const rows = rowsOf(from.lines, to.lines);
  const changed = rows.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  const hunks: Hunk[] = [];
  for (let at = 0; at < changed.length; ) {
    const first = changed[at]!;
    const { stretch } = rows[first]!;
    let last = first;
    // Subsections stand between two stretches: no hunk goes over them.
    const near = (next: number): boolean => next - last <= 2 * CONTEXT + 1 && rows[next]!.stretch === stretch;
    while (at < changed.length && near(changed[at]!)) last = changed[at++]!;
    const around = rows.slice(Math.max(0, first - CONTEXT), last + CONTEXT + 1);
    hunks.push(
      hunkOf(
        around.filter((row) => row.stretch === stretch),
        from,
        to,
      ),
    );
  }
  return hunks;
}

function rowsOf(a: readonly CountedLine[], b: readonly CountedLine[]): Row[] {
  const [old, now] = [a, b].map((lines) => lines.map(({ text }) => text));
  const parts = diffArrays(old!, now!, { maxEditLength: MOST_EDITS }) ?? [
    { value: old!, removed: true, added: false },
    { value: now!, removed: false, added: true },
  ];
  const rows: Row[] = [];
  let [left, right] = [0, 0];
  for (const { value, removed, added } of parts) {
    for (const text of value) {
      const { stretch } = added ? b[right]! : a[left]!;
      rows.push({ sign: removed ? '-' : added ? '+' : ' ', text, a: left, b: right, stretch });
      if (!added) left++;
      if (!removed) right++;
    }
  }
  return rows;
}

function hunkOf(rows: readonly Row[], from: Side, to: Side): Hunk {
  const count = (sign: Row['sign']): number => rows.filter((row) => row.sign === sign).length;
  const [removed, added] = [count('-'), count('+')];
  const weighty = ({ sign, text, a, b }: Row): boolean =>
    WEIGHTY.test(text) || (sign === '-' ? from.inSchema(from.lines[a]!) : to.inSchema(to.lines[b]!));
  return {
    from: spanOf(from, rows[0]!.a, rows.length - added),
    to: spanOf(to, rows[0]!.b, rows.length - removed),
    at: to.lines[Math.min(rows.find(({ sign }) => sign !== ' ')!.b, to.lines.length - 1)]!.line,
    lines: rows.map(({ sign, text }) => sign + text),
    removed,
    added,
    normative: rows.some((row) => row.sign !== ' ' && weighty(row)),
  };
}

/** `length` lines from the one at `start`; where there are none, the place between two lines. */
function spanOf({ lines }: Side, start: number, length: number): HunkSpan {
  const first = lines[start];
  if (length > 0 && first)
    return { file: first.file, line: first.line, endLine: lines[start + length - 1]!.line };
  const before = lines[start - 1];
  const { file, line } = before ? { ...before, line: before.line + 1 } : lines[0]!;
  return { file, line, endLine: line - 1 };
}
