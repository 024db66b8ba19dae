import type { SessionLane, SessionsData } from '../../data/sessions.ts';
import type { Lookup } from './lookup.ts';

/** What the table can be ordered by. */
export const ORDERS = ['tree', 'role', 'state', 'began', 'cost', 'tokens', 'below'] as const;
export type Order = (typeof ORDERS)[number];

/** `cost`, or `-cost` for the largest first. */
export interface Sorting {
  order: Order;
  down: boolean;
}

export function sortingOf(text: string | null): Sorting {
  const down = text?.startsWith('-') ?? false;
  const order = ORDERS.find((name) => name === (text ?? '').replace('-', '')) ?? 'tree';
  return { order, down };
}

const VALUES: Record<Exclude<Order, 'tree'>, (lane: SessionLane) => string | number | null> = {
  role: ({ role }) => role,
  state: ({ state }) => state,
  began: ({ start }) => start,
  cost: ({ spent }) => spent.cost.cost_usd,
  tokens: ({ spent }) => spent.tokens,
  below: ({ spent_below }) => spent_below.cost.cost_usd,
};

/** The lanes that answer, ordered; equal ones stay in the order of the tree, those without a value come last. */
export function sortedLanes(
  { order: tree, data }: Pick<Lookup, 'order'> & { data: Pick<SessionsData, 'lanes'> },
  answers: readonly boolean[],
  { order, down }: Sorting,
): number[] {
  const lanes = Array.from(tree).filter((lane) => answers[lane]);
  if (order === 'tree') return down ? lanes.reverse() : lanes;
  const values = data.lanes.map(VALUES[order]);
  return lanes.sort((a, b) => {
    const [left, right] = [values[a]!, values[b]!];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right === down ? 1 : -1;
  });
}
