import { summarize } from '../../findings/index.ts';
import type { Acceptance, Trace, TracedClause } from '../../trace/index.ts';

/** `govkit.trace@1` of `gov trace --json`: the clauses that were asked for, and everything else whole. */
export function traceReport({ report, findings }: Trace, clauses: readonly TracedClause[]) {
  return { ...report, clauses, findings, summary: summarize(findings) };
}

/** `govkit.trace-accept@1` */
export function acceptReport(file: string, { accepted, unchanged, dropped, refused }: Acceptance) {
  return { schema: 'govkit.trace-accept@1', file, accepted, unchanged, dropped, refused };
}
