import type { StoredEvent } from '../../../recorder/index.ts';
import type { Prepare } from '../sqlite-rows.ts';
import type { Reading } from '../store.ts';
import { SAFE } from './stored.ts';

/** How many records one look hands over at most. */
export const PAGE = 256;

export type Look = <Result>(work: (view: Reading, prepare: Prepare) => Result) => Promise<Result>;

/** What is strictly between two places of the order; backwards, the newest comes first. */
export interface Places {
  after: number;
  before: number;
  backwards: boolean;
  /** How many records one statement reads: no more than are wanted, where each of them is. */
  most: number;
}

export type Page = StoredEvent[];

/**
 * The first and the last place of the log; 1 and 0 = there is none. Numbers that no record of a log can have are
 * passed over: the proof tells of them. Each look-up is one descent of the tree.
 */
export function endsOf(prepare: Prepare): { first: number; last: number } {
  const first = nextPlace(prepare, 0);
  if (first === undefined) return { first: 1, last: 0 };
  return { first, last: placeBefore(prepare, SAFE) ?? first };
}

/** The first place after this one that has a record, so that a hole costs one look-up, however wide it is. */
export const nextPlace = (prepare: Prepare, seq: number): number | undefined =>
  placeIn(prepare(`SELECT seq FROM events WHERE seq > ? AND seq < ${SAFE} ORDER BY seq LIMIT 1`).get(seq));

/** The last place before this one that has a record. */
export const placeBefore = (prepare: Prepare, seq: number): number | undefined =>
  placeIn(prepare('SELECT seq FROM events WHERE seq > 0 AND seq < ? ORDER BY seq DESC LIMIT 1').get(seq));

const placeIn = (row: unknown): number | undefined => (row as { seq: number } | undefined)?.seq;

export interface Body {
  seq: number;
  body: string;
}

/** What is asked for of a record that has met the conditions of the statement: the event, or nothing. */
export type Take = (row: Body) => StoredEvent[];

export const pageOf = (rows: readonly Body[], take: Take): Page => rows.flatMap(take);
