export {
  TRACE_STATES,
  type TracedClause,
  type TracedTest,
  type TraceLink,
  type TraceOrphan,
  type TracePlace,
  type TraceReport,
  type TraceState,
} from './model.ts';
