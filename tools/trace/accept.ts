import { compareText } from '../findings/index.ts';
import { printLock, type TraceLock } from './lock.ts';
import type { TraceReport } from './model.ts';
import { idPattern } from './pattern.ts';

export interface Acceptance {
  /** The lock as it is to be. */
  text: string;
  /** Ids whose words were accepted anew. */
  accepted: string[];
  /** Ids that were accepted as they are before. */
  unchanged: string[];
  /** Ids of the lock that name nothing any more, and are dropped. */
  dropped: string[];
  /** Ids that match and that no test traces: there is nothing to accept. */
  refused: string[];
}

const TRACED = new Set(['verified', 'covered', 'suspect']);

/** What the lock becomes when the clauses that match are accepted as they read now. */
export function acceptClauses(
  { clauses }: Pick<TraceReport, 'clauses'>,
  lock: TraceLock,
  globs: readonly string[],
): Acceptance {
  const patterns = globs.map(idPattern);
  const matches = (id: string): boolean => patterns.some((pattern) => pattern(id));
  const next = new Map([...lock].map(([id, { fingerprint }]) => [id, fingerprint]));
  const result: Acceptance = { text: '', accepted: [], unchanged: [], dropped: [], refused: [] };
  for (const { id, state, fingerprint } of clauses) {
    if (!matches(id)) continue;
    if (!TRACED.has(state)) result.refused.push(id);
    else if (next.get(id) === fingerprint) result.unchanged.push(id);
    else {
      next.set(id, fingerprint);
      result.accepted.push(id);
    }
  }
  const known = new Set(clauses.map(({ id }) => id));
  for (const id of lock.keys()) {
    if (known.has(id) || !matches(id)) continue;
    next.delete(id);
    result.dropped.push(id);
  }
  result.dropped.sort(compareText);
  return { ...result, text: printLock(next) };
}
