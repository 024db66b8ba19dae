import type { TraceReport } from '../../trace/index.ts';
import type { GovernanceData } from '../data/governance.ts';

/** Lines of a file, from 1, inclusive. */
export interface SourcePlace {
  file: string;
  line: number;
  /** Default: `line`. */
  endLine?: number;
}

/** Every place that the governance side of the page leads to. */
export function placesOfGovernance({ packets, rules, anchors, drift }: GovernanceData): SourcePlace[] {
  return [
    ...packets.flatMap(({ stub, refinement, packet, board, items, blockers, waived }) => [
      ...[stub, refinement, packet, board].flatMap((place) => place ?? []),
      ...items.flatMap(({ evidence }) => evidence.flatMap(placed)),
      ...blockers,
      ...waived,
    ]),
    ...rules.flatMap(({ findings }) => findings),
    ...anchors.flatMap((row) => (row.section === null ? [row] : [row, row.section])),
    ...drift.flatMap((row) => (row.to === null ? [row] : [row, row.to])),
  ].map(bare);
}

/** Every place that the trace leads to. */
export function placesOfTrace({ clauses, orphans }: TraceReport): SourcePlace[] {
  return [
    ...clauses.flatMap((clause) => [
      clause,
      ...clause.stubs,
      ...clause.refinements,
      ...clause.packets,
      ...clause.code,
      ...clause.tests.flatMap(({ file, line }) => (line === null ? [] : [{ file, line }])),
    ]),
    ...orphans,
  ].map(bare);
}

/** Evidence may name a file without a line. */
function placed({ file, line }: { file: string | null; line: number | null }): SourcePlace[] {
  return file === null ? [] : [{ file, line: line ?? 1 }];
}

function bare({ file, line, endLine }: SourcePlace): SourcePlace {
  return { file, line, ...(endLine !== undefined && { endLine }) };
}
