import type { TracedClause, TraceReport } from '../../../trace/index.ts';
import { hashOf } from '../shell/route.ts';
import { tally } from './groups.ts';

export const clauseHash = (id: string): string => hashOf({ view: 'trace', path: id.split('/') });

/** The word for a state: `out_of_scope` is read as "out of scope". */
export const stateWord = (state: string): string => state.replaceAll('_', ' ');

/** Families by their size. */
export function familiesOf(clauses: readonly TracedClause[]): { value: string; count: number }[] {
  return [...tally(clauses, ({ family }) => family)]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** The clauses that were required and are not verified, each once, in the order of the report. */
export function unmetOf({ required }: TraceReport): string[] {
  return [...new Set(required.flatMap(({ unmet }) => unmet))];
}
