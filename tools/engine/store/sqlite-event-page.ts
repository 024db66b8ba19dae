import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { StoredEvent } from '../../recorder/index.ts';
import { EngineError } from '../errors.ts';
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

/** Whether an event that has met the conditions of the statement is what is asked for. */
export type Take = (event: FlightRecorderEvent) => boolean;

export function pageOf(rows: readonly Body[], take: Take): Page {
  const page: Page = [];
  for (const { seq, body } of rows) {
    const event = eventOf(seq, body);
    if (take(event)) page.push({ seq, event });
  }
  return page;
}

function eventOf(seq: number, body: string): FlightRecorderEvent {
  try {
    return JSON.parse(body) as FlightRecorderEvent;
  } catch (error) {
    throw new EngineError(
      'store_failed',
      `event ${seq} is no JSON any more: somebody has changed the file (gov recorder verify)`,
      { cause: error },
    );
  }
}
