import type { TracedClause, TraceReport } from '../../../trace/index.ts';
import { hashOf } from '../shell/route.ts';

export const clauseHash = (id: string): string => hashOf({ view: 'trace', path: id.split('/') });

/** The word for a state: `out_of_scope` is read as "out of scope". */
export const stateWord = (state: string): string => state.replaceAll('_', ' ');

/** Families by their size, with how many of their clauses are in each state. */
export function familiesOf(
  clauses: readonly TracedClause[],
): { family: string; total: number; states: Partial<Record<TracedClause['state'], number>> }[] {
  const families = new Map<
    string,
    { family: string; total: number; states: Partial<Record<string, number>> }
  >();
  for (const { family, state } of clauses) {
    const row = families.get(family) ?? { family, total: 0, states: {} };
    row.total += 1;
    row.states[state] = (row.states[state] ?? 0) + 1;
    families.set(family, row);
  }
  return [...families.values()].sort((a, b) => b.total - a.total || (a.family < b.family ? -1 : 1));
}

/** The clauses that were required and are not verified, each once, in the order of the report. */
export function unmetOf({ required }: TraceReport): string[] {
  return [...new Set(required.flatMap(({ unmet }) => unmet))];
}
