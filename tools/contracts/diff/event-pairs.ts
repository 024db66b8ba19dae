import type { EventNode } from '../ir.ts';

type Pair = [from: EventNode, to: EventNode];

/** What became of the ids of events. Each event of either side stands in one of the lists. */
export interface EventPairs {
  /** The id has the type that it had. */
  same: Pair[];
  /** The same event under another type. */
  retyped: Pair[];
  /** The id stands for another event now. */
  reused: Pair[];
  /** The same type under another id. */
  renumbered: Pair[];
  /** Two ids have exchanged their types: the pair of each id. */
  swapped: [Pair, Pair][];
  removed: EventNode[];
  added: EventNode[];
}

export function pairEvents(from: readonly EventNode[], to: readonly EventNode[]): EventPairs {
  const after = new Map(to.map((event) => [event.frId, event]));
  const before = new Map(from.map((event) => [event.frId, event]));
  const kept = from.flatMap((a): Pair[] => {
    const b = after.get(a.frId);
    return b ? [[a, b]] : [];
  });
  const other = kept.filter(([a, b]) => a.type !== b.type);
  const swapped = swaps(other);
  const taken = new Set(swapped.flat());
  const single = other.filter((pair) => !taken.has(pair));
  const types = { old: idsByType(from), now: idsByType(to) };
  const isReused = ([a, b]: Pair): boolean =>
    types.now.has(a.type) || types.old.has(b.type) || haveNothingInCommon(a, b);
  const gone = from.filter(({ frId }) => !after.has(frId));
  const come = to.filter(({ frId }) => !before.has(frId));
  const renumbered = gone.flatMap((a): Pair[] => {
    const found = come.filter(({ type }) => type === a.type);
    return found.length === 1 && gone.filter(({ type }) => type === a.type).length === 1
      ? [[a, found[0]!]]
      : [];
  });
  const moved = new Set(renumbered.flat());
  return {
    same: kept.filter(([a, b]) => a.type === b.type),
    retyped: single.filter((pair) => !isReused(pair)),
    reused: single.filter(isReused),
    renumbered,
    swapped,
    removed: gone.filter((event) => !moved.has(event)),
    added: come.filter((event) => !moved.has(event)),
  };
}

/** Two of the pairs whose types crossed over, each once, the smaller id first. */
function swaps(pairs: readonly Pair[]): [Pair, Pair][] {
  const byTypes = new Map(pairs.map((pair) => [`${pair[0].type}\n${pair[1].type}`, pair]));
  return pairs.flatMap((pair): [Pair, Pair][] => {
    const [a, b] = pair;
    const partner = byTypes.get(`${b.type}\n${a.type}`);
    return partner && partner !== pair && a.frId < partner[0].frId ? [[pair, partner]] : [];
  });
}

function idsByType(events: readonly EventNode[]): Set<string> {
  return new Set(events.map(({ type }) => type));
}

/** An id that got another type and shares no item of its payload stands for something else. */
function haveNothingInCommon(a: EventNode, b: EventNode): boolean {
  const names = new Set(a.payload.map(({ name }) => name));
  return names.size > 0 && b.payload.length > 0 && !b.payload.some(({ name }) => names.has(name));
}
