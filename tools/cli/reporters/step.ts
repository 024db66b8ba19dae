import type { Finding } from '../../findings/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { columns, count, cutStart, fold } from '../output.ts';
import type { PlanAnswer } from '../schemas/wp.ts';
import { printFindings } from './findings.ts';

const MOST_ROWS = 60;

export type StepAnswer = Omit<PlanAnswer, 'unmet'> & { unmet: Finding[] };

/** What a step did, or everything that speaks against it; the open rows, the block for the chat, what is next. */
export function printStep(call: Call, plan: StepAnswer, { files }: { files: boolean }): void {
  const { out } = call;
  if (plan.recovered !== undefined)
    say(call, `completed the interrupted "${plan.recovered.step}" of ${plan.recovered.wp_id}`);
  if (plan.unmet.length > 0) {
    // Each is another thing to do, and all of them are of one rule.
    printFindings(out, plan.unmet, { mostAlike: Number.POSITIVE_INFINITY });
    out.line();
    out.line(`${out.red('refused')} · ${count(plan.unmet.length, 'precondition')} unmet, nothing written`);
  } else if (plan.done !== undefined) say(call, `nothing to do · ${plan.done}`);
  else {
    for (const line of plan.said) say(call, line);
    const paths = plan.writes.map(({ path, text }) => `${text === null ? 'gone ' : ''}${path}`);
    if (!plan.applied) {
      if (files) for (const { path, text } of plan.writes) printPlanned(call, path, text);
    } else if (!call.quiet) for (const path of paths) out.line(out.dim(`  ${cutStart(path, out.limit - 2)}`));
  }
  for (const line of plan.block ?? []) out.line(line);
  printOpen(call, plan);
  if (plan.next !== null) {
    const command = /^gov (.+)$/.exec(plan.next)?.[1];
    out.line(`${out.dim('next')}   ${command === undefined ? plan.next : nextCommand(call, command)}`);
  }
}

/** A sentence, folded to the terminal; one of a list keeps its indentation. */
function say({ out }: Call, text: string): void {
  const indent = /^ */.exec(text)![0];
  if (columns(text) <= out.limit) out.line(text);
  else
    for (const [at, line] of fold(text.trimStart(), out.limit - indent.length - 2).entries())
      out.line(`${indent}${at === 0 ? '' : '  '}${line}`);
}

function printPlanned({ out }: Call, path: string, text: string | null): void {
  out.line(out.dim(`--- ${path}`));
  if (text === null) out.line('(gone)');
  else out.raw(text.endsWith('\n') ? text : `${text}\n`);
}

/** Rows that only a person can fill in, each at its place. */
function printOpen(call: Call, { open }: StepAnswer): void {
  const { out } = call;
  if (open === undefined || open.length === 0) return;
  say(call, `${count(open.length, 'row')} to fill in first · ${open[0]!.file}`);
  for (const { line, field, expected } of open.slice(0, MOST_ROWS)) {
    const head = `${String(line).padStart(6)}  ${field}`;
    const text = `${head}: ${expected}`;
    if (columns(text) <= out.limit) out.line(text);
    else {
      out.line(head);
      for (const part of fold(expected, out.limit - 8)) out.line(`        ${part}`);
    }
  }
  if (open.length > MOST_ROWS) out.line(`  … and ${open.length - MOST_ROWS} more (--json has all)`);
}
