import { summarize } from '../../findings/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { replaceFiles } from '../replace.ts';
import { checkReport } from '../reporters/check-json.ts';
import { fixReport, printFixes } from '../reporters/fix.ts';
import { type FixCall, planFixes } from './mend.ts';
import type { CheckOptions } from './options.ts';

/** Shows what can be mended mechanically, or mends it. Exit 1 when an error is there (with --write: is left). */
export async function fix(call: Call, { fix: mode, format }: CheckOptions, at: FixCall): Promise<ExitCode> {
  const plan = await planFixes(call, at);
  const write = mode === 'write';
  if (write && plan.files.length > 0) await replaceFiles(call.root, plan.files);
  if (format === 'json') {
    const report = { looked: at.looked, policy: at.policy, scope: { kind: 'worktree' as const } };
    call.out.json({ ...checkReport(call.root, report), fix: fixReport(plan, write) });
  } else printFixes(call, plan, write);
  return summarize(write ? plan.after : at.looked.findings).error > 0 ? 1 : 0;
}
