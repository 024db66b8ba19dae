// How a fault is planted into the kernel's decision.
import type { FlightRecorderEvent } from '../../tools/generated/index.ts';
import type { Change, Decision, Rows, Rules, TableName } from '../../tools/kernel/index.ts';
import { decide } from '../../tools/kernel/index.ts';
import type { Decide, Given } from './world.ts';

export type Made = Decision<unknown>;
type State = Parameters<Decide>[0];

/** One fault. */
export interface Plant {
  /** What was forgotten. */
  name: string;
  /** Other rules than those of the workspace. */
  rules?(rules: Rules): Rules;
  /** Another command than the one that was given. */
  command?(given: Given, state: State): Given;
  /** Another time than it is. */
  now?(now: number, given: Given): number;
  /** Another decision than the one that was made. */
  decision?(made: Made, given: Given, state: State): void;
}

/** The kernel with a fault in it. */
export function planted({ rules, command, now: timeOf, decision }: Plant): Decide {
  return ((state: State, given: Given, now: number, ids: Parameters<Decide>[3]) => {
    const input = command ? command(given, state) : given;
    const time = timeOf?.(now, given) ?? now;
    const made = decide(rules ? { ...state, rules: rules(state.rules) } : state, input, time, ids);
    if (!made.rejected) decision?.(made, given, state);
    return made;
  }) as Decide;
}

/** The rows of one table that the decision writes. */
export const rowsOf = <Name extends TableName>(made: Made, table: Name): Rows[Name][] =>
  made.changes.flatMap((change) => (change.table === table && change.row ? [change.row as Rows[Name]] : []));

export const drop = (made: Made, from: (change: Change) => boolean): void => {
  made.changes = made.changes.filter((change) => !from(change));
};

export const dropEvents = (made: Made, from: (event: FlightRecorderEvent) => boolean): void => {
  made.events = made.events.filter((event) => !from(event));
};

export const limits = (rules: Rules, over: Partial<Rules['limits']>): Rules => ({
  ...rules,
  limits: { ...rules.limits, ...over },
});
export const scheduler = (rules: Rules, over: Partial<Rules['scheduler']>): Rules => ({
  ...rules,
  scheduler: { ...rules.scheduler, ...over },
});
