import type { RuleFindings } from '../../data/governance.ts';
import { matcher } from '../shell/query.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;

export interface FindingFilter {
  text: string;
  severities: readonly string[];
  /** A rule, or the family before its stroke; empty for all. */
  rule: string;
}

/** Rules with the findings that answer the filter, the worst first, then those with most findings. */
export function filtered(rules: readonly RuleFindings[], filter: FindingFilter): RuleFindings[] {
  const holds = matcher(filter.text);
  return rules
    .filter(
      ({ rule, severity }) =>
        (filter.rule === '' || rule === filter.rule || rule.startsWith(`${filter.rule}/`)) &&
        (filter.severities.length === 0 || filter.severities.includes(severity)),
    )
    .map((of) => ({
      ...of,
      findings: of.findings.filter(({ message, file }) => holds(message, file, of.rule)),
    }))
    .filter(({ findings }) => findings.length > 0)
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.findings.length - a.findings.length ||
        (a.rule < b.rule ? -1 : 1),
    );
}

/** How many findings there are of each severity that occurs. */
export function bySeverity(rules: readonly RuleFindings[]): { value: string; count: number }[] {
  return SEVERITIES.map((severity) => ({
    value: severity,
    count: rules
      .filter((rule) => rule.severity === severity)
      .reduce((sum, { findings }) => sum + findings.length, 0),
  })).filter(({ count }) => count > 0);
}

export const countOf = (rules: readonly RuleFindings[]): number =>
  rules.reduce((sum, { findings }) => sum + findings.length, 0);
