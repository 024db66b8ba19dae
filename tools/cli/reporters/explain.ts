import type { z } from 'zod';
import type { CataloguedRule } from '../explain/catalogue.ts';
import type { Example } from '../explain/example.ts';
import type { Explanation } from '../explain/explanation.ts';
import { type Output, visible, wrap } from '../output.ts';
import type { ruleSchema, rulesSchema } from '../schemas/rule.ts';

/** Readable without a wide window: what is explained is read, and not compared in columns. */
const WIDTH = 80;

export function ruleReport(rule: Explanation): z.infer<typeof ruleSchema> {
  const { id, severity, summary, about, paragraphs, example, mending, mended, silenced } = rule;
  return {
    schema: 'govkit.rule@1',
    id,
    severity,
    about,
    summary,
    docs: paragraphs.length === 0 ? null : paragraphs.join('\n\n'),
    example: example ?? null,
    fix: mending,
    mended,
    silenced,
  };
}

export function rulesReport(rules: readonly CataloguedRule[]): z.infer<typeof rulesSchema> {
  return {
    schema: 'govkit.rules@1',
    rules: rules.map(({ id, severity, about, summary }) => ({ id, severity, about, summary })),
  };
}

/** Each rule with its demand below it. */
export function printRules(out: Output, rules: readonly CataloguedRule[]): void {
  const width = Math.min(out.width, WIDTH);
  for (const { id, severity, summary } of rules) {
    out.line(`${out.bold(id)}  ${out.dim(severity)}`);
    for (const line of indented(summary, width, '  ')) out.line(line);
  }
}

export function printExplanation(out: Output, rule: Explanation): void {
  const width = Math.min(out.width, WIDTH);
  const paragraph = (text: string): void => {
    out.line();
    for (const line of wrap(text, width)) out.line(line);
  };
  out.line(`${out.bold(rule.id)}   ${rule.severity}`);
  out.line(out.dim(`about ${rule.about}`));
  out.line();
  for (const line of wrap(rule.summary, width)) out.line(line);
  for (const text of rule.paragraphs) paragraph(text);
  if (rule.example) printExample(out, rule.example, width);
  out.line();
  out.line(out.dim('mending'));
  for (const line of indented(rule.mended, width, '  ')) out.line(line);
  out.line(out.dim('silencing'));
  for (const text of rule.silenced) for (const line of indented(text, width, '  ')) out.line(line);
}

function printExample(out: Output, { file, line, severity, message, text, fixed }: Example, width: number) {
  out.line();
  out.line(out.dim('example'));
  out.line(`  ${file}:${line}`);
  if (text !== '') for (const each of broken(visible(text), width - 4)) out.line(`    ${each}`);
  for (const each of indented(visible(`${severity}: ${message}`), width, '  ')) out.line(each);
  // A repair of line ends shows in no line.
  if (fixed === undefined || fixed === text) return;
  out.line('  after the repair');
  for (const each of broken(visible(fixed), width - 4)) out.line(`    ${each}`);
}

function indented(text: string, width: number, indent: string): string[] {
  return wrap(text, width - indent.length).flatMap((line) =>
    broken(line, width - indent.length).map((each) => `${indent}${each}`),
  );
}

/** A line of a document keeps its blanks; what does not fit goes on in the next. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  const letters = [...text];
  for (let at = 0; at === 0 || at < letters.length; at += width)
    lines.push(letters.slice(at, at + width).join(''));
  return lines;
}
