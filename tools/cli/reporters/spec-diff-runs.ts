import type { SectionChange, SpecSection } from '../../spec/index.ts';

/** Clauses that one line tells: neighbours whose numbers follow each other, and all below them. */
export interface Run {
  first: SectionChange;
  last: SectionChange;
  /** How many stand beside each other, and how many of the same kind below them. */
  count: number;
  below: number;
}

/** Changes of one kind, in the order of the spec, as runs. What has a text of its own to tell stands alone. */
export function runsOf(changes: readonly SectionChange[]): Run[] {
  const bySection = new Map<number, SectionChange>();
  for (const change of changes) bySection.set(sideOf(change).id, change);
  const runs: Run[] = [];
  const runOf = new Map<SectionChange, Run>();
  for (const change of changes) {
    const { parent } = sideOf(change);
    const around = change.changed || parent === undefined ? undefined : bySection.get(parent);
    const above = around && runOf.get(around);
    if (above) {
      above.below++;
      runOf.set(change, above);
      continue;
    }
    const previous = runs.at(-1);
    if (previous && follows(previous.last, change)) {
      previous.last = change;
      previous.count++;
      runOf.set(change, previous);
    } else {
      const run: Run = { first: change, last: change, count: 1, below: 0 };
      runs.push(run);
      runOf.set(change, run);
    }
  }
  return runs;
}

/** The side whose tree is told: the new one, of what is gone the old one. */
export function sideOf({ from, to }: SectionChange): SpecSection {
  return (to ?? from)!;
}

function follows(a: SectionChange, b: SectionChange): boolean {
  if (a.changed || b.changed || sideOf(a).parent !== sideOf(b).parent) return false;
  return isNext(a.from, b.from) && isNext(a.to, b.to);
}

/** `1.2.3` after `1.2.2`; nothing after nothing. */
function isNext(a: SpecSection | undefined, b: SpecSection | undefined): boolean {
  if (!a || !b) return a === b;
  const [left, right] = [a.number?.split('.') ?? [], b.number?.split('.') ?? []];
  const [last, next] = [Number(left.pop()), Number(right.pop())];
  return next === last + 1 && left.join('.') === right.join('.');
}
