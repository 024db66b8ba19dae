/**
 * How far a clause is proven. `verified` a test that names it ran and passed, and none failed; `failing` one that
 * names it failed; `suspect` it would be verified or covered, but its words have changed since somebody accepted
 * what is traced to it; `covered` a test names it, and no result says that it ran; `untraced` no test names it;
 * `out_of_scope` the configuration says why nothing here answers for it.
 */
export type TraceState = 'verified' | 'failing' | 'suspect' | 'covered' | 'untraced' | 'out_of_scope';

export const TRACE_STATES: readonly TraceState[] = [
  'verified',
  'failing',
  'suspect',
  'covered',
  'untraced',
  'out_of_scope',
];

/** Lines count from 1. */
export interface TracePlace {
  file: string;
  line: number;
}

/** A document of the chain that refers to a clause, and the line where it does. */
export interface TraceLink extends TracePlace {
  wp_id: string;
}

export interface TracedTest {
  /** Its whole title, with those of the groups around it. */
  name: string;
  file: string;
  /** Null where only its result is known: a title that is put together at run time. */
  line: number | null;
  /** `absent`: no result names it. */
  result: 'passed' | 'failed' | 'skipped' | 'absent';
}

/** A clause, an event or an acceptance criterion, and everything that answers for it. */
export interface TracedClause {
  /** `INV-SPAWN-002`, `FR-EVT-SESS-001`, `WP-1-Session-Spawn-Contract-v1/AC-1`. */
  id: string;
  /** The family of the identifier (`INV`, `TRUST`, `FR-EVT`), or `AC` for a criterion of a stub. */
  family: string;
  /** What it says, or how it is called, on one line. */
  text: string;
  file: string;
  line: number;
  endLine: number;
  /** The number of the section that it stands in; null for a criterion. */
  section: string | null;
  fingerprint: string;
  state: TraceState;
  /** Why it is in that state, in few words. */
  because: string;
  stubs: TraceLink[];
  refinements: TraceLink[];
  packets: TraceLink[];
  /** Comments of the code that name it. */
  code: TracePlace[];
  tests: TracedTest[];
}

/** A place that names a clause which no spec and no stub defines. */
export interface TraceOrphan extends TracePlace {
  id: string;
  /** `lock`: what is accepted of a clause that is gone. */
  in: 'code' | 'test' | 'lock';
  /** The id that it may have meant. */
  nearest?: string;
}

/** `govkit.trace@1`. */
export interface TraceReport {
  schema: 'govkit.trace@1';
  spec: { file: string; version: string; sha256: string };
  /** By the order of the spec, criteria behind. */
  clauses: TracedClause[];
  orphans: TraceOrphan[];
  /** The result files that were read. */
  results: { file: string; passed: number; failed: number; skipped: number }[];
  counts: Record<TraceState, number>;
  /** The files that were looked at, and what of them or of the results could not be used. */
  looked: { code: number; tests: number };
  notes: string[];
  /** What was required, and the clauses of it that are not verified. */
  required: { pattern: string; clauses: number; unmet: string[] }[];
}
