import { type Finding, type Severity, sortFindings, summarize } from '../../findings/index.ts';
import { columns, count, cut, cutStart, fold, type Output, pad, visible } from '../output.ts';

/** A screen and a half; `--json` has all of it. */
const MAX_LINES = 70;
/** What repeats in a file is told by its first ones. */
const MOST_ALIKE = 3;
/** Some lines of a narrow terminal; a message may quote a whole document. */
const LONGEST_MESSAGE = 400;

interface PrintOptions {
  mostAlike?: number;
  /** Findings that were counted and not kept, by rule; all of them of one file. */
  beyond?: ReadonlyMap<string, number>;
}

/**
 * Findings grouped by file, `line:column severity rule message`; in a narrow terminal the message stands below.
 * The worst are shown when not all fit.
 */
export function printFindings(
  out: Output,
  findings: readonly Finding[],
  { mostAlike = MOST_ALIKE, beyond = new Map() }: PrintOptions = {},
): void {
  const sorted = sortFindings(findings);
  const { shown, folded } = fewAlike(sorted, mostAlike, beyond);
  const all = sorted.length + [...beyond.values()].reduce((sum, more) => sum + more, 0);
  const widths = {
    place: Math.max(0, ...shown.map((finding) => placeText(finding).length)),
    rule: Math.max(0, ...shown.map(({ rule }) => rule.length)),
  };
  const chosen = chooseShown(shown, folded, (finding) => linesOf(out, finding, widths).length);
  let told = chosen.length;
  for (const [at, finding] of chosen.entries()) {
    const { file } = finding.place;
    if (chosen[at - 1]?.place.file !== file) out.line(out.bold(cutStart(visible(file), out.limit)));
    for (const line of linesOf(out, finding, widths)) out.line(line);
    if (chosen[at + 1]?.place.file === file) continue;
    const rules = new Set(chosen.filter(({ place }) => place.file === file).map(({ rule }) => rule));
    for (const rule of rules) {
      const more = folded.get(alike(finding.place.file, rule)) ?? 0;
      told += more;
      if (more > 0) out.line(out.dim(`  + ${more} more ${rule}`));
    }
  }
  if (told < all) out.line(`  … and ${all - told} more (--json has all)`);
}

/** The first ones of each rule in each file, the worst before the others, and how many more there are. */
function fewAlike(
  sorted: readonly Finding[],
  mostAlike: number,
  beyond: ReadonlyMap<string, number>,
): { shown: Finding[]; folded: Map<string, number> } {
  const groups = new Map<string, Finding[]>();
  for (const finding of byWeight(sorted)) {
    const key = alike(finding.place.file, finding.rule);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const kept = new Set<Finding>();
  const folded = new Map<string, number>();
  for (const [key, group] of groups) {
    const more = beyond.get(group[0]!.rule) ?? 0;
    // A line that says "+ 1 more" could as well show it.
    const most = more === 0 && group.length === mostAlike + 1 ? group.length : mostAlike;
    for (const finding of group.slice(0, most)) kept.add(finding);
    if (group.length + more > most) folded.set(key, group.length + more - most);
  }
  return { shown: sorted.filter((finding) => kept.has(finding)), folded };
}

/** What fits, the worst first, in the order of the files: no error falls off the end for a warning. */
function chooseShown(
  sorted: readonly Finding[],
  folded: ReadonlyMap<string, number>,
  height: (finding: Finding) => number,
): Finding[] {
  const chosen = new Set<Finding>();
  const opened = new Set<string>();
  let lines = 0;
  for (const finding of byWeight(sorted)) {
    const { file } = finding.place;
    const key = alike(file, finding.rule);
    const more = folded.has(key) && !opened.has(key) ? 1 : 0;
    const cost = height(finding) + (opened.has(file) ? 0 : 1) + more;
    if (lines + cost > MAX_LINES) break;
    lines += cost;
    chosen.add(finding);
    opened.add(file).add(key);
  }
  return sorted.filter((finding) => chosen.has(finding));
}

function byWeight(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
}

function alike(file: string, rule: string): string {
  return `${file}\0${rule}`;
}

function linesOf(out: Output, finding: Finding, widths: { place: number; rule: number }): string[] {
  const paint = { error: out.red, warning: out.yellow, info: out.dim }[finding.severity];
  const before = `  ${pad(placeText(finding), widths.place)}  `;
  const after = `${' '.repeat(7 - finding.severity.length)}  ${pad(finding.rule, widths.rule)}`;
  const message = cut(visible(finding.message.slice(0, 4 * LONGEST_MESSAGE)), LONGEST_MESSAGE);
  const width = before.length + finding.severity.length + after.length + 2 + columns(message);
  if (width <= out.limit) return [`${before}${paint(finding.severity)}${after}  ${message}`];
  const head = `${before}${paint(finding.severity)}${after.trimEnd()}`;
  return [head, ...fold(message, out.limit - 6).map((line) => `      ${line}`)];
}

function placeText({ place }: Finding): string {
  return `${place.line}:${place.column}`;
}

/** `govkit.findings@1`, for what stops a command before it has looked at more. */
export function findingsReport(
  root: string,
  findings: readonly Finding[],
  stats: object = { files: 0, artifacts: {} },
  baselined = 0,
) {
  return {
    schema: 'govkit.findings@1',
    root,
    stats,
    findings: sortFindings(findings),
    summary: { ...summarize(findings), baselined },
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
