import { type Finding, type Severity, sortFindings, summarize } from '../../findings/index.ts';
import { count, type Output, pad, visible, wrap } from '../output.ts';

/** A screen and a half; `--json` has all of it. */
const MAX_LINES = 72;

/** Findings grouped by file, `line:column severity rule message`. */
export function printFindings(out: Output, findings: readonly Finding[]): void {
  const sorted = sortFindings(findings);
  // The worst must not fall off the end: errors keep their room before warnings and infos get any.
  const shown = new Set(
    [...sorted].sort((a, b) => order[a.severity] - order[b.severity]).slice(0, MAX_LINES - 12),
  );
  const rows = sorted.filter((finding) => shown.has(finding));
  const places = rows.map((finding) => `${finding.place.line}:${finding.place.column}`);
  const placeWidth = Math.max(0, ...places.map((place) => place.length));
  const ruleWidth = Math.max(0, ...rows.map((finding) => finding.rule.length));
  const paint: Record<Severity, (text: string) => string> = {
    error: out.red,
    warning: out.yellow,
    info: out.dim,
  };
  let file = '';
  let lines = 0;
  let printed = 0;
  for (const [i, finding] of rows.entries()) {
    const opening = finding.place.file === file ? 0 : 1;
    if (lines + opening + 1 > MAX_LINES) break;
    if (opening === 1) {
      file = finding.place.file;
      out.line(out.bold(visible(file)));
    }
    const head = `  ${pad(places[i]!, placeWidth)}  ${pad(finding.severity, 7)}  ${pad(finding.rule, ruleWidth)}`;
    const painted = head.replace(finding.severity, paint[finding.severity](finding.severity));
    const message = visible(finding.message);
    const folded = head.length + 2 + message.length > out.limit;
    out.line(folded ? painted : `${painted}  ${message}`);
    const below = folded ? wrap(message, out.limit - 6) : [];
    for (const line of below) out.line(`      ${line}`);
    lines += below.length;
    lines += opening + 1;
    printed += 1;
  }
  if (printed < sorted.length) out.line(`  … and ${sorted.length - printed} more (--json has all)`);
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
