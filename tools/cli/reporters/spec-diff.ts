import {
  CHANGES,
  type Change,
  type Hunk,
  type SectionChange,
  type SpecDiff,
  type SpecIndex,
  type SpecSection,
} from '../../spec/index.ts';
import { count, cut, type Output, pad, visible, wrap } from '../output.ts';
import type { Block, Entry } from './entry.ts';
import { affectedEntries, type Touched } from './spec-diff-affected.ts';
import { type Run, runsOf, sideOf } from './spec-diff-runs.ts';

/** A screen and a half; `--json` has all of it. */
const MAX_LINES = 76;

/** What the contracts add to the screen, and why these two specs were compared. */
export interface Beside {
  first: readonly Block[];
  last: readonly Block[];
  compared?: string | undefined;
}

/** What changed between two versions, on one screen: what breaks contracts first, then what breaks anchors. */
export function printSpecDiff(
  out: Output,
  diff: SpecDiff,
  touched: Touched,
  beside: Beside = { first: [], last: [] },
): void {
  printSides(out, diff, beside.compared);
  const text = CHANGES.map((change) => `${change} ${diff.counts[change]}`).join(' · ');
  for (const line of wrap(text, out.width)) out.line(line);
  const blocks = [
    ...beside.first,
    ...(['GONE', 'RENUMBERED'] as const).map((change) => runBlock(out, diff, change)),
    changedBlock(out, diff),
    runBlock(out, diff, 'NEW'),
    affectedEntries(out, touched),
    ...beside.last,
  ];
  printBlocks(out, blocks, beside.compared === undefined ? 0 : wrap(beside.compared, out.width).length);
}

/** The unified diff of every changed clause; of others a line that says what they are. */
export function printPatch(out: Output, changes: readonly SectionChange[]): void {
  if (changes.length === 0) out.line('no clause changed');
  for (const change of changes) {
    out.line(out.bold(visible(`${change.change} ${nameOf(change)}`)));
    if (change.note !== undefined) out.line(out.dim(visible(change.note)));
    if (change.hunks.length === 0) out.line(placeText(sideOf(change)));
    else {
      out.line(`--- ${placeText(change.from!)}`);
      out.line(`+++ ${placeText(change.to!)}`);
    }
    for (const { from, to, lines } of change.hunks) {
      out.line(out.dim(`@@ -${rangeText(from)} +${rangeText(to)} @@`));
      for (const line of lines) {
        const paint = line.startsWith('+') ? out.green : line.startsWith('-') ? out.red : same;
        out.line(paint(visible(line)));
      }
    }
    out.line();
  }
}

const same = (text: string): string => text;

/** Which two specs are compared, and why where the call does not say it. */
export function printSides(
  out: Output,
  { from, to }: Pick<SpecDiff, 'from' | 'to'>,
  compared: string | undefined,
): void {
  const width = Math.max(from.version.length, to.version.length);
  const row = ({ version, source, sha256 }: SpecIndex): string => {
    const hash = `  sha256 ${sha256.slice(0, 12)}`;
    const name = visible(source.replace(/^([0-9a-f]{12})[0-9a-f]{28,}:/, '$1:'));
    return `${pad(version, width)}  ${cut(name, out.limit - width - 2 - hash.length)}${out.dim(hash)}`;
  };
  out.line(row(from));
  out.line(row(to));
  if (compared !== undefined) for (const line of wrap(compared, out.width)) out.line(out.dim(line));
}

/** Below `above` further lines: every entry, if they fit, and the details of the first; else of each block what fits. */
function printBlocks(out: Output, blocks: readonly Block[], above: number): void {
  const filled = blocks
    .filter(({ entries }) => entries.length > 0)
    .map(({ title, entries }) => ({
      title: folded(title, out.limit),
      entries: entries.map(({ line, detail }) => ({ rows: folded(line, out.limit - 2), detail })),
    }));
  // Sides, why, counts, next; and of each block its headline, the line before it and the one that tells of the rest.
  const room = MAX_LINES - 5 - above - filled.reduce((total, { title }) => total + title.length + 2, 0);
  const all = filled.reduce((total, { entries }) => total + rowsIn(entries), 0);
  let spare = room - all;
  const shares = sharesOf(
    filled.map(({ entries }) => rowsIn(entries)),
    room,
  );
  for (const [at, { title, entries }] of filled.entries()) {
    const share = shares[at]!;
    const most = Math.max(1, entries.filter((_, last) => rowsIn(entries.slice(0, last + 1)) <= share).length);
    out.line();
    for (const row of title) out.line(row);
    for (const { rows, detail } of entries.slice(0, most)) {
      for (const row of rows) out.line(`  ${row}`);
      if (detail !== undefined && spare-- > 0) out.line(out.dim(`      ${detail}`));
    }
    if (most < entries.length) out.line(out.dim(`  … and ${entries.length - most} more (--json has all)`));
  }
}

/** A short block has all its rows; what is left over, the long ones share alike. */
function sharesOf(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  const order = needs.map((_, at) => at).sort((a, b) => needs[a]! - needs[b]! || a - b);
  let left = Math.max(0, room);
  order.forEach((at, done) => {
    shares[at] = Math.min(needs[at]!, Math.floor(left / (order.length - done)));
    left -= shares[at]!;
  });
  return shares;
}

const rowsIn = (entries: readonly { rows: readonly string[] }[]): number =>
  entries.reduce((total, { rows }) => total + rows.length, 0);

/** A line that fits stays as it is; the words of another go on in the next. */
function folded(text: string, limit: number): string[] {
  return cut(text, limit) === text ? [text] : wrap(text, limit, '    ');
}

function runBlock(out: Output, { sections }: SpecDiff, change: Change): Block {
  const all = sections.filter((section) => section.change === change);
  const paint = change === 'GONE' ? out.red : change === 'RENUMBERED' ? out.yellow : out.green;
  return {
    title: `${paint(change)} ${count(all.length, 'section')}`,
    entries: runsOf(all).map((run) => runEntry(out, run)),
  };
}

function runEntry(out: Output, run: Run): Entry {
  const { first, last } = run;
  const many = run.count > 1;
  const name = many
    ? `${numbersOf(first, last)}  ${run.count} clauses, from ${titleOf(first)}`
    : nameOf(first);
  const short = first.changed ? editsOf(first) : run.below > 0 ? `and ${run.below} below` : '';
  return {
    line: lineOf(out, placeText(sideOf(first)), name, short),
    ...(!many && first.note !== undefined && { detail: cut(visible(first.note), out.limit - 6) }),
  };
}

/** Clauses that changed: first those that oblige, among them those of the main body, the largest change first. */
export function byWeight({ sections }: SpecDiff): SectionChange[] {
  const weight = (change: SectionChange): number =>
    (isNormative(change) ? 0 : 2) + (sideOf(change).kind === 'body' ? 0 : 1);
  const changed = sections.filter(({ change }) => change === 'CHANGED');
  return changed.sort((a, b) => weight(a) - weight(b) || sizeOf(b) - sizeOf(a));
}

function changedBlock(out: Output, diff: SpecDiff): Block {
  const all = byWeight(diff);
  const heavy = all.filter(isNormative).length;
  const rest = heavy > 0 ? `, ${heavy} (!) in obligations, identifiers or schemas` : '';
  return {
    title: `${out.yellow('CHANGED')} ${count(all.length, 'section')}${rest}`,
    entries: all.map((change) => {
      const hunk = change.hunks.find(({ normative }) => normative) ?? change.hunks[0]!;
      const text =
        hunk.lines.find((line) => /^\+\s*\S/.test(line)) ??
        hunk.lines.find((line) => /^-\s*\S/.test(line)) ??
        '';
      const name = `${isNormative(change) ? '! ' : ''}${nameOf(change)}`;
      return {
        line: lineOf(out, `${visible(sideOf(change).file)}:${hunk.at}`, name, editsOf(change)),
        detail: cut(visible(`${text.slice(0, 1)} ${text.slice(1).trim()}`), Math.min(out.limit, 110) - 6),
      };
    }),
  };
}

function lineOf(out: Output, place: string, name: string, short: string): string {
  const after = short === '' ? '' : `  ${short}`;
  return `${place}  ${cut(visible(name), Math.max(12, out.limit - place.length - after.length - 4))}${after}`;
}

const titleOf = (change: SectionChange): string => sideOf(change).title;

function nameOf({ from, to, change }: SectionChange): string {
  const { number, title } = (from ?? to)!;
  const numbers =
    change === 'RENUMBERED' ? `${number ?? 'no number'} → ${to!.number ?? 'no number'}` : number;
  const now = from && to && from.title !== to.title ? ` → ${to.title}` : '';
  return [numbers, `${title}${now}`].filter(Boolean).join(' ');
}

function numbersOf(first: SectionChange, last: SectionChange): string {
  const range = (side: 'from' | 'to'): string => `${first[side]?.number}–${last[side]?.number}`;
  if (first.change === 'RENUMBERED') return `${range('from')} → ${range('to')}`;
  return range(first.to ? 'to' : 'from');
}

const isNormative = ({ hunks }: SectionChange): boolean => hunks.some(({ normative }) => normative);
const sum = (hunks: readonly Hunk[], key: 'added' | 'removed'): number =>
  hunks.reduce((total, hunk) => total + hunk[key], 0);
const sizeOf = ({ hunks }: SectionChange): number => sum(hunks, 'added') + sum(hunks, 'removed');
const editsOf = ({ hunks }: SectionChange): string => `+${sum(hunks, 'added')} −${sum(hunks, 'removed')}`;
const placeText = ({ file, line }: SpecSection): string => `${visible(file)}:${line}`;
const rangeText = ({ line, endLine }: { line: number; endLine: number }): string =>
  `${line},${endLine - line + 1}`;
