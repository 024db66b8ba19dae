import { createTwoFilesPatch } from 'diff';
import { sha256 } from '../../text/index.ts';
import type { Plan } from '../check/mend.ts';
import type { Call } from '../command.ts';
import { nextCommand, quoted } from '../next.ts';
import { count, fold, visible } from '../output.ts';
import { summaryText } from './findings.ts';

/** The part of `govkit.findings@1` that tells of fixes. */
export function fixReport(plan: Plan, applied: boolean) {
  return {
    applied: applied && plan.files.length > 0,
    fixed: plan.fixed,
    left: plan.left,
    files: plan.files.map(({ path, before, bytes, from, to }) => ({
      path,
      sha256: { before: sha256(before), after: sha256(bytes) },
      patch: patchOf(path, from, to),
    })),
  };
}

/** `git apply` takes it: line ends and the BOM stand in it as they do in the file. */
function patchOf(path: string, from: string, to: string): string {
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, from, to, '', '', { context: 1 }).replace(/^=+\n/, '');
}

/** The diff (with --write it is done already), what was mended and what is left, and the next command. */
export function printFixes(call: Call, plan: Plan, write: boolean): void {
  const { out } = call;
  for (const { path, from, to } of write ? [] : plan.files) {
    const patch = patchOf(path, from, to);
    if (!out.terminal) out.raw(patch);
    else for (const line of patch.trimEnd().split('\n')) out.line(visible(line.replace(/\r$/, '')));
  }
  if (call.quiet) return;
  if (!write && plan.files.length > 0) out.line();
  const said =
    plan.files.length === 0
      ? ['nothing to mend mechanically']
      : [
          `${write ? 'mended' : 'to mend'} ${count(plan.fixed, 'finding')} in ${count(plan.files.length, 'file')}`,
          ...(write ? [] : ['nothing written']),
        ];
  if (plan.left > 0) said.push(`${count(plan.left, 'fix', 'fixes')} left: others are in their way`);
  const after = plan.after.filter(({ severity }) => severity !== 'info');
  if (after.length > 0) said.push(`${summaryText(after)} to mend by hand`);
  for (const line of fold(said.join(' · '), out.limit)) out.line(line);
  const step =
    !write && plan.files.length > 0
      ? ['check', ...call.args.map(quoted), ...rulesOf(call), '--fix', '--write']
      : ['check'];
  out.line(`${out.dim('next')}   ${nextCommand(call, step.join(' '))}`);
}

function rulesOf(call: Call): string[] {
  return (call.values.rule ?? []).map((rule) => `--rule ${rule}`);
}
