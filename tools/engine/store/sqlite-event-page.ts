import type { StoredEvent } from '../../recorder/index.ts';
import type { Prepare } from './sqlite-rows.ts';
import type { Reading } from './store.ts';

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

/** The first and the last place of the log; 1 and 0 = there is none. Each look-up is one descent of the tree. */
export function endsOf(prepare: Prepare): { first: number; last: number } {
  return prepare(
    'SELECT ifnull((SELECT min(seq) FROM events), 1) AS first, ifnull((SELECT max(seq) FROM events), 0) AS last',
  ).get() as { first: number; last: number };
}

export interface Body {
  seq: number;
  body: string;
}

/** What is asked for of a record that has met the conditions of the statement: the event, or nothing. */
export type Take = (row: Body) => StoredEvent[];

export const pageOf = (rows: readonly Body[], take: Take): Page => rows.flatMap(take);
