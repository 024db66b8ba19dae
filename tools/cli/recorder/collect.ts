import { type Finding, linePlace, type Severity, sortFindings } from '../../findings/index.ts';
import { LOG_READER_RULES, LOG_RULES, type LogFault } from '../../recorder/index.ts';

/** Findings of one rule that are kept; of the others only the number. */
const MOST_OF_RULE = 200;

const severities = new Map<string, Severity>(
  [...LOG_READER_RULES, ...LOG_RULES].map(({ id, severity }) => [id, severity]),
);

/** What is wrong with a log, however much it is: the first faults of each rule, and how many it has. */
export interface Collected {
  findings: Finding[];
  /** Every fault, by rule. */
  counts: Map<string, number>;
  summary: Record<Severity, number>;
}

export function createCollector(file: string): { hear(fault: LogFault): void; done(): Collected } {
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  const summary: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  return {
    hear({ rule, at, column, event_id, message }) {
      const severity = severities.get(rule) ?? 'error';
      const before = counts.get(rule) ?? 0;
      counts.set(rule, before + 1);
      summary[severity] += 1;
      if (before >= MOST_OF_RULE) return;
      const place = { ...linePlace(file, at), column, endColumn: column };
      findings.push({ rule, severity, place, message, args: event_id === '' ? {} : { event_id } });
    },
    done: () => ({
      findings: sortFindings(findings),
      counts: new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
      summary,
    }),
  };
}
