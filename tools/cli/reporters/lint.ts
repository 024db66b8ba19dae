import type { Finding, Severity } from '../../findings/index.ts';
import { type Output, pad, visible, wrap } from '../output.ts';

/** A screen and a half, the lines after the groups included. */
const MAX_LINES = 74;
const MOST_EACH = 5;

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Findings grouped by rule, the worst first; of each rule as many as a screen and a half has room for. */
export function printByRule(out: Output, findings: readonly Finding[], options: { all: boolean }): void {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const groups = rules.map((id): [string, Finding[]] => [id, findings.filter(({ rule }) => rule === id)]);
  const sorted = groups.sort(([a, left], [b, right]) => worst(left) - worst(right) || (a < b ? -1 : 1));
  const files = new Set(findings.map(({ place }) => place.file));
  const width = Math.max(...groups.map(([rule]) => rule.length));
  const render = (each: number): string[] =>
    sorted.flatMap(([rule, group]) => linesOf(out, rule, group, { each, width, withFile: files.size > 1 }));
  let lines = render(options.all ? findings.length : MOST_EACH);
  for (let each = MOST_EACH - 1; !options.all && each >= 0 && lines.length > MAX_LINES; each--) {
    lines = render(each);
  }
  if (files.size === 1) out.line(out.bold(visible(findings[0]!.place.file)));
  for (const line of lines) out.line(line);
}

interface Layout {
  each: number;
  width: number;
  withFile: boolean;
}

function linesOf(out: Output, rule: string, group: readonly Finding[], layout: Layout): string[] {
  const severity = (['error', 'warning', 'info'] as const)[worst(group)]!;
  const paint = { error: out.red, warning: out.yellow, info: out.dim }[severity];
  const shown = group.slice(0, layout.each);
  const places = shown.map(({ place }) => placeText(place, layout.withFile));
  const width = Math.max(0, ...places.map((place) => place.length));
  const lines = [`${pad(rule, layout.width)}  ${paint(pad(severity, 7))}  ${group.length}`];
  for (const [at, { message }] of shown.entries()) {
    const before = `  ${places[at]!.padStart(width)}  `;
    const room = Math.max(24, out.limit - before.length);
    const [first = '', ...rest] = wrap(visible(message), room);
    lines.push(before + first, ...rest.map((line) => ' '.repeat(before.length) + line));
  }
  const left = group.length - shown.length;
  if (left > 0) lines.push(out.dim(`  … and ${left} more (--rule ${rule} shows all)`));
  return lines;
}

function worst(group: readonly Finding[]): number {
  return Math.min(...group.map(({ severity }) => order[severity]));
}

function placeText({ file, line, column }: Finding['place'], withFile: boolean): string {
  return `${withFile ? `${visible(file)}:` : ''}${line}:${column}`;
}
