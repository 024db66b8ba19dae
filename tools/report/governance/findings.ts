import { compareText, type Finding, type Severity, sortFindings } from '../../findings/index.ts';
import type { RuleFindings } from '../data/governance.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * Findings by rule: the worst severity first, then by the id of the rule, then by their place. A rule that the
 * configuration weighs in two ways is there twice.
 */
export function rulesOf(
  findings: readonly Finding[],
  summaries: ReadonlyMap<string, string>,
): RuleFindings[] {
  const groups = new Map<string, RuleFindings>();
  for (const { rule, severity, message, place } of sortFindings(findings)) {
    const key = `${severity} ${rule}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { rule, summary: summaries.get(rule) ?? '', severity, findings: [] };
      groups.set(key, group);
    }
    const { file, line, column, endLine } = place;
    group.findings.push({ message, file, line, column, endLine });
  }
  return [...groups.values()].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || compareText(a.rule, b.rule),
  );
}
