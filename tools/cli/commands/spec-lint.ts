import { type Finding, summarize, UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { lintSpec, SPEC_RULES, type SpecIndex } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec } from '../load.ts';
import { count } from '../output.ts';
import { findingsReport, summaryText } from '../reporters/findings.ts';
import { printByRule } from '../reporters/lint.ts';

/** What in the Master Spec misleads an anchor or a reader: what reading found, and the rules of the spec. */
export async function run(call: Call): Promise<ExitCode> {
  const wanted = call.values.rule ?? [];
  for (const rule of wanted) {
    if (!SPEC_RULES.some(({ id }) => id === rule)) {
      throw new UsageError(
        `--rule ${rule}: expected a rule of the spec, such as spec/order (gov explain lists them)`,
      );
    }
  }
  const index = await loadCallSpec(call, worktreeSnapshot(call.root));
  const findings = lintSpec(index).filter(({ rule }) => wanted.length === 0 || wanted.includes(rule));
  const summary = summarize(findings);
  if (call.json) call.out.json(findingsReport(call.root, findings, stats(index)));
  else report(call, index, findings);
  return summary.error > 0 ? 1 : 0;
}

function stats({ files, version, sha256, sections }: SpecIndex) {
  return {
    files: files.length,
    artifacts: {},
    spec: { file: files[0]!.path, version, sha256, sections: sections.length },
  };
}

function report(call: Call, index: SpecIndex, findings: readonly Finding[]): void {
  const { out } = call;
  const wanted = call.values.rule ?? [];
  if (findings.length === 0) {
    if (call.quiet) return;
    const rules = count(wanted.length || SPEC_RULES.length, 'rule');
    const looked = [count(index.sections.length, 'section'), rules, index.version];
    out.line(`${out.green('clean')} · ${looked.join(', ')}`);
    return;
  }
  printByRule(out, findings, { all: wanted.length > 0 });
  out.line();
  out.line(`${summaryText(findings)} in ${index.version}, ${count(index.sections.length, 'section')}`);
  out.line(`${out.dim('next')}   gov explain ${heaviest(findings)}`);
}

/** Of the worst findings, the rule with the most. */
function heaviest(findings: readonly Finding[]): string {
  const worst = (['error', 'warning', 'info'] as const).find((severity) =>
    findings.some((finding) => finding.severity === severity),
  );
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    if (severity === worst) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
}
