import { type Finding, type Severity, sortFindings, summarize } from '../../findings/index.ts';
import { count, type Output, pad, visible, wrap } from '../output.ts';

/** A screen and a half; `--json` has all of it. */
const MAX_LINES = 72;

/** Findings grouped by file, `line:column severity rule message`; in a narrow terminal the message stands below. */
export function printFindings(out: Output, findings: readonly Finding[]): void {
  const sorted = sortFindings(findings);
  const widths = {
    place: Math.max(0, ...sorted.map((finding) => placeText(finding).length)),
    rule: Math.max(0, ...sorted.map(({ rule }) => rule.length)),
  };
  const shown = chooseShown(sorted, (finding) => linesOf(out, finding, widths).length);
  let file = '';
  for (const finding of shown) {
    if (finding.place.file !== file) {
      file = finding.place.file;
      out.line(out.bold(visible(file)));
    }
    for (const line of linesOf(out, finding, widths)) out.line(line);
  }
  if (shown.length < sorted.length) out.line(`  … and ${sorted.length - shown.length} more (--json has all)`);
}

/** What fits, the worst first, in the order of the files: no error falls off the end for a warning. */
function chooseShown(sorted: readonly Finding[], height: (finding: Finding) => number): Finding[] {
  const chosen = new Set<Finding>();
  const files = new Set<string>();
  let lines = 0;
  for (const finding of [...sorted].sort((a, b) => order[a.severity] - order[b.severity])) {
    const cost = height(finding) + (files.has(finding.place.file) ? 0 : 1);
    if (lines + cost > MAX_LINES) break;
    lines += cost;
    chosen.add(finding);
    files.add(finding.place.file);
  }
  return sorted.filter((finding) => chosen.has(finding));
}

function linesOf(out: Output, finding: Finding, widths: { place: number; rule: number }): string[] {
  const paint = { error: out.red, warning: out.yellow, info: out.dim }[finding.severity];
  const before = `  ${pad(placeText(finding), widths.place)}  `;
  const after = `${' '.repeat(7 - finding.severity.length)}  ${pad(finding.rule, widths.rule)}`;
  const head = `${before}${paint(finding.severity)}${after}`;
  const message = visible(finding.message);
  const width = before.length + finding.severity.length + after.length + 2 + message.length;
  if (width <= out.limit) return [`${head}  ${message}`];
  return [head, ...wrap(message, out.limit - 6).map((line) => `      ${line}`)];
}

function placeText({ place }: Finding): string {
  return `${place.line}:${place.column}`;
}

/** `govkit.findings@1`, for what stops a command before it has looked at more. */
export function findingsReport(
  root: string,
  findings: readonly Finding[],
  stats: object = { files: 0, artifacts: {} },
) {
  return {
    schema: 'govkit.findings@1',
    root,
    stats,
    findings: sortFindings(findings),
    summary: { ...summarize(findings), baselined: 0 },
  };
}

/** `2 errors, 1 warning`; infos only when there are any. */
export function summaryText(findings: readonly Finding[]): string {
  const summary = summarize(findings);
  const parts = [count(summary.error, 'error'), count(summary.warning, 'warning')];
  if (summary.info > 0) parts.push(count(summary.info, 'info', 'infos'));
  return parts.join(', ');
}

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
