import { type Finding, linePlace, sortFindings, UsageError } from '../findings/index.ts';
import type { TracedClause, TraceOrphan, TraceReport, TraceState } from './model.ts';
import { idPattern } from './pattern.ts';

const RULE_OF: Partial<Record<TraceState, string>> = {
  untraced: 'trace/untraced',
  covered: 'trace/not-run',
  failing: 'trace/failing',
  suspect: 'trace/suspect',
};

export interface Demanded {
  required: TraceReport['required'];
  findings: Finding[];
}

/**
 * Every clause that a pattern demands is verified, or a finding says why not. A pattern that matches nothing, or
 * something out of scope, is a UsageError: such a gate would have seen nothing.
 */
export function demand(
  clauses: readonly TracedClause[],
  orphans: readonly TraceOrphan[],
  patterns: readonly string[],
): Demanded {
  const required = patterns.map((pattern) => requirementOf(clauses, pattern));
  const unmet = new Set(required.flatMap(({ unmet: ids }) => ids));
  const matchers = patterns.map(idPattern);
  const findings = [
    ...clauses.filter(({ id }) => unmet.has(id)).map(unmetFinding),
    ...orphans.map((orphan) =>
      orphanFinding(
        orphan,
        matchers.some((matches) => matches(orphan.id)),
      ),
    ),
  ];
  return { required, findings: sortFindings(findings) };
}

function requirementOf(clauses: readonly TracedClause[], pattern: string): TraceReport['required'][number] {
  const matching = matchingIds(clauses, pattern, 'require');
  const beyond = matching.find(({ state }) => state === 'out_of_scope');
  if (beyond)
    throw new UsageError(
      `require ${pattern}: Unexpected ${beyond.id}, which is out of scope (${beyond.because}), expected clauses that this tree answers for`,
    );
  const unmet = matching.filter(({ state }) => state !== 'verified').map(({ id }) => id);
  return { pattern, clauses: matching.length, unmet };
}

/** The clauses that a glob means; a glob that means none is a UsageError. */
export function matchingIds<T extends { id: string }>(
  clauses: readonly T[],
  pattern: string,
  what: string,
): T[] {
  const matches = idPattern(pattern);
  const found = clauses.filter(({ id }) => matches(id));
  if (found.length === 0)
    throw new UsageError(
      `${what} ${pattern}: Unexpected pattern that matches no clause, expected one such as INV-SPAWN-* or WP-1-X-v1/AC-*`,
    );
  return found;
}

function unmetFinding(clause: TracedClause): Finding {
  const { id, state, because, file, line, tests } = clause;
  const failed = tests.find(({ result }) => result === 'failed');
  const at =
    state === 'failing' && failed?.line ? linePlace(failed.file, failed.line) : linePlace(file, line);
  return {
    rule: RULE_OF[state] ?? 'trace/untraced',
    severity: 'error',
    place: at,
    message: `Unexpected ${state} ${id} (${because}), expected a test that names it and passed`,
    args: { id, state },
    related: tests
      .filter(({ line: own }) => own !== null)
      .map(({ file: own, line: row, result }) => ({ place: linePlace(own, row ?? 1), note: result })),
  };
}

function orphanFinding({ id, in: kind, file, line, nearest }: TraceOrphan, isRequired: boolean): Finding {
  const meant = nearest === undefined ? '' : ` (nearest: ${nearest})`;
  return {
    rule: 'trace/orphaned',
    severity: isRequired ? 'error' : 'warning',
    place: linePlace(file, line),
    message: `Unexpected ${id} in ${IN[kind]}, expected an id that the spec or a stub defines${meant}`,
    args: { id, in: kind, ...(nearest !== undefined && { nearest }) },
  };
}

const IN: Record<TraceOrphan['in'], string> = {
  code: 'a comment',
  test: 'the title of a test',
  lock: 'what was accepted',
};
