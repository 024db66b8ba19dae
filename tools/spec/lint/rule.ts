import type { Finding, Place, Severity } from '../../findings/index.ts';
import type { SpecIndex } from '../model.ts';
import type { Numbering } from '../sections/numbering.ts';

/** What a rule looks at: the index, and which numbers belong to which numbering. */
export interface LintedSpec {
  index: SpecIndex;
  numbering: Numbering;
}

/** What a rule saw. Its sentence is made from the arguments by {@link LintRule.message}. */
export interface LintReport<A> {
  place: Place;
  args: A;
  /** Where one rule's cases differ in weight. Default: the rule's own. */
  severity?: Severity;
  related?: Finding['related'];
}

/** One demand on the text of the Master Spec: a data object and one function, in a file of its own. */
export interface LintRule<A extends object> {
  /** Stable and never reused: `spec/order`. */
  id: string;
  summary: string;
  /** `warning` for what misleads an anchor or a reader, `info` for style. */
  severity: Severity;
  docs: string;
  message(args: A): string;
  check(spec: LintedSpec): Iterable<LintReport<A>>;
}

/** A rule as the registry keeps it. */
export interface RegisteredLintRule {
  id: string;
  summary: string;
  severity: Severity;
  docs: string;
  run(spec: LintedSpec): Finding[];
}

/** Makes a rule ready for the registry: its reports become findings. */
export function defineLintRule<A extends object>(rule: LintRule<A>): RegisteredLintRule {
  const { id, summary, severity, docs } = rule;
  return {
    id,
    summary,
    severity,
    docs,
    run: (spec) =>
      Array.from(rule.check(spec), (report) => ({
        rule: id,
        severity: report.severity ?? severity,
        place: report.place,
        message: rule.message(report.args),
        args: { ...report.args } as Record<string, unknown>,
        ...(report.related && { related: report.related }),
      })),
  };
}
