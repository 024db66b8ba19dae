import type { SpecIndex } from '../model.ts';
import { identifiersOf } from './find.ts';

const FARTHEST = 2;

/** The id that is written most like it, within two slips of the pen. */
export function nearestIdentifier(index: SpecIndex, id: string): string | undefined {
  let nearest: string | undefined;
  let least = FARTHEST + 1;
  for (const { id: other, definitions } of identifiersOf(index)) {
    if (definitions.length === 0 || Math.abs(other.length - id.length) >= least) continue;
    const distance = slips(id, other, least);
    if (distance < least) [nearest, least] = [other, distance];
  }
  return nearest;
}

/** Letters added, left out, changed or swapped with the next one; `limit` where they are that many or more. */
function slips(a: string, b: string, limit: number): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = old[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, old[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, older[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    [older, old] = [old, row];
  }
  return old[b.length]!;
}
