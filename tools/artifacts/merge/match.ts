import { identityOf, type Row, type Sides } from './row.ts';

/** The same row on each side; undefined where a side does not have it. */
export type Trio = Sides<Row | undefined>;

/** Finds the rows that are the same, by key. Of duplicates those first that nothing has changed, then in order. */
export function matchRows([base, ours, theirs]: Sides<readonly Row[]>): Trio[] {
  const groups = new Map<string, [Row[], Row[], Row[]]>();
  for (const [side, rows] of [base, ours, theirs].entries()) {
    for (const row of rows) {
      const group = groups.get(row.key) ?? [[], [], []];
      groups.set(row.key, group);
      group[side]!.push(row);
    }
  }
  return [...groups.values()].flatMap(matchGroup);
}

function matchGroup([base, ours, theirs]: Sides<readonly Row[]>): Trio[] {
  const [inOurs, newOurs] = pairUp(base, ours);
  const [inTheirs, newTheirs] = pairUp(base, theirs);
  const [both, onlyTheirs] = pairUp(newOurs, newTheirs);
  return [
    ...base.map((row): Trio => [row, inOurs.get(row), inTheirs.get(row)]),
    ...newOurs.map((row): Trio => [undefined, row, both.get(row)]),
    ...onlyTheirs.map((row): Trio => [undefined, undefined, row]),
  ];
}

/** Which of the second each of the first is, and those of the second that are none. */
function pairUp(first: readonly Row[], second: readonly Row[]): [Map<Row, Row>, Row[]] {
  const pairs = new Map<Row, Row>();
  const open = new Map<string, Row[]>();
  for (const row of [...second].reverse()) {
    const queue = open.get(identityOf(row));
    if (queue === undefined) open.set(identityOf(row), [row]);
    else queue.push(row);
  }
  const taken = new Set<Row>();
  const pair = (row: Row, other: Row | undefined): void => {
    if (other === undefined) return;
    pairs.set(row, other);
    taken.add(other);
  };
  for (const row of first) pair(row, open.get(identityOf(row))?.pop());
  const left = second.filter((row) => !taken.has(row));
  const changed = first.filter((row) => !pairs.has(row));
  for (const [at, row] of changed.entries()) pair(row, left[at]);
  return [pairs, second.filter((row) => !taken.has(row))];
}
