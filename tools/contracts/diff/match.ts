/** What became of the parts of a list: kept by name, come, gone, or one that has another name now. */
export interface Matched<T> {
  kept: [from: T, to: T][];
  renamed: [from: T, to: T][];
  removed: T[];
  added: T[];
}

/** Where more than these came and went side by side, nobody renamed one of them. */
const MOST_RENAMED = 64;

/**
 * Matches two lists by name. One that is gone and one that is new are one with another name where they stand
 * between the same neighbours, are alike, and nothing else there could be meant.
 */
export function matchParts<T>(
  from: readonly T[],
  to: readonly T[],
  nameOf: (part: T) => string,
  alike: (from: T, to: T) => boolean,
): Matched<T> {
  const after = new Map(to.map((part) => [nameOf(part), part]));
  const before = new Map(from.map((part) => [nameOf(part), part]));
  const kept = [...before].flatMap(([name, part]): [T, T][] => {
    const now = after.get(name);
    return now === undefined ? [] : [[part, now]];
  });
  const names = new Set(kept.map(([part]) => nameOf(part)));
  const gone = gaps([...before.values()], nameOf, names);
  const come = gaps([...after.values()], nameOf, names);
  const renamed: [T, T][] = [];
  for (const [gap, parts] of gone) {
    const others = come.get(gap) ?? [];
    if (parts.length > MOST_RENAMED || others.length > MOST_RENAMED) continue;
    const couldBe = parts.map((a) => others.filter((b) => alike(a, b)));
    parts.forEach((a, at) => {
      const [b, ...more] = couldBe[at]!;
      if (b === undefined || more.length > 0) return;
      if (couldBe.filter((bs) => bs.includes(b)).length === 1) renamed.push([a, b]);
    });
  }
  const taken = new Set(renamed.flat());
  return {
    kept,
    renamed,
    removed: [...gone.values()].flat().filter((part) => !taken.has(part)),
    added: [...come.values()].flat().filter((part) => !taken.has(part)),
  };
}

/** The parts that are not kept, by the kept neighbours they stand between. */
function gaps<T>(
  parts: readonly T[],
  nameOf: (part: T) => string,
  kept: ReadonlySet<string>,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  let open: T[] = [];
  let last = '';
  const close = (next: string): void => {
    if (open.length > 0) found.set(`${last}\n${next}`, open);
    open = [];
    last = next;
  };
  for (const part of parts) {
    if (kept.has(nameOf(part))) close(nameOf(part));
    else open.push(part);
  }
  close('');
  return found;
}
