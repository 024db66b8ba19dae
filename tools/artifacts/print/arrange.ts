import type { LinePlan } from './lines.ts';

/** Something of a sequence: the lines that it stands on now, and what they are to be. */
export interface Piece {
  /** First and last line, from 1; absent where it is new. */
  at?: { line: number; endLine: number };
  text: string[];
}

/**
 * Plans how the pieces of a sequence come to stand in the wanted order: as many as can keep their lines, the
 * others are taken out and set behind the one before them. `start` is the line that the first stands behind.
 */
export function arrange(
  plan: LinePlan,
  lines: readonly string[],
  current: readonly { line: number; endLine: number }[],
  wanted: readonly Piece[],
  start: number,
): void {
  // What comes from another sequence is new in this one, and taken out of the other.
  const own = new Set(current.map(({ line }) => line));
  const kept = rising(wanted.map(({ at }) => (at !== undefined && own.has(at.line) ? at.line : undefined)));
  const stays = new Set<number>();
  let behind = start;
  for (const [index, { at, text }] of wanted.entries()) {
    if (at !== undefined && kept.has(index)) {
      stays.add(at.line);
      for (const [offset, body] of text.entries()) {
        if (lines[at.line - 1 + offset] !== body) plan.replace.set(at.line + offset, body);
      }
      behind = at.endLine;
    } else {
      plan.insert.set(behind, [...(plan.insert.get(behind) ?? []), ...text]);
    }
  }
  for (const { line, endLine } of current) {
    if (stays.has(line)) continue;
    for (let gone = line; gone <= endLine; gone++) plan.remove.add(gone);
  }
}

/** The indices of a longest rising run of numbers, those that are undefined left out. */
function rising(numbers: readonly (number | undefined)[]): Set<number> {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, number] of numbers.entries()) {
    if (number === undefined) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1];
    tails[low] = index;
  }
  const kept = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before[index]) kept.add(index);
  return kept;
}
