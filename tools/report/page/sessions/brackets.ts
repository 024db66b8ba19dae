import type { Lookup } from './lookup.ts';
import type { Row } from './rows.ts';

/** A cancelled sub-tree: from its first row in the list to the last that the cancel reached. */
export interface Bracket {
  cancel: number;
  first: number;
  last: number;
  at: number;
}

/** The brackets of all cancels of which some row is shown. */
export function bracketsOf({ data, length }: Lookup, rows: readonly Row[]): Bracket[] {
  const place = new Map(rows.map(({ lane }, at) => [lane, at]));
  return data.cancels.flatMap(({ root, cancelled, skipped, at }, cancel) => {
    const places = [root, ...cancelled, ...skipped].flatMap((lane) => place.get(lane) ?? []);
    if (places.length === 0) return [];
    const ends = cancelled.flatMap((lane) => data.lanes[lane]?.end ?? []);
    return [
      {
        cancel,
        first: places.reduce((a, b) => Math.min(a, b)),
        last: places.reduce((a, b) => Math.max(a, b)),
        at: at ?? (ends.length > 0 ? ends.reduce((a, b) => Math.min(a, b)) : length),
      },
    ];
  });
}
