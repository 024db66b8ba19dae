export { type Acceptance, acceptClauses } from './accept.ts';
export { matchingIds } from './demands.ts';
export { lockPath } from './lock.ts';
export {
  TRACE_STATES,
  type TracedClause,
  type TraceLink,
  type TraceReport,
  type TraceState,
} from './model.ts';
export type { ResultFile } from './results.ts';
export { TRACE_RULES } from './rules.ts';
export { type Trace, traceOf } from './trace.ts';
