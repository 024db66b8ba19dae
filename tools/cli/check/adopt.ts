import { resolve } from 'node:path';
import { type Baseline, baselineOf, printBaseline, shrunkBaseline } from '../../checks/index.ts';
import { type Finding, summarize, TreeError } from '../../findings/index.ts';
import { createFileDurably } from '../../text/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, fold, visible } from '../output.ts';
import { replaceFiles } from '../replace.ts';
import { checkReport } from '../reporters/check-json.ts';
import { printFindings } from '../reporters/findings.ts';
import { look } from './look.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

/**
 * Writes down what is wrong today, so that only new findings fail from then on. Where that was done before, what
 * is fixed leaves the file and nothing comes in: a baseline that grows is no baseline.
 */
export async function adopt(call: Call, target: Target, policy: Policy): Promise<ExitCode> {
  const adoption = await planAdoption(call, target, policy);
  const { path, kept, empty } = adoption;
  if (empty) throw new TreeError(empty);
  await write(call, target, adoption);
  const adopted = { ...policy, baseline: { path, entries: kept } };
  const after = await look(call, target, adopted);
  const failed = summarize(after.findings).error > 0;
  if (call.json || call.values.format?.at(-1) === 'json') {
    const report = { looked: after, policy: adopted, scope: { kind: 'worktree' as const } };
    call.out.json(checkReport(call.root, report));
    return failed ? 1 : 0;
  }
  const { out } = call;
  const shown = after.findings.filter(({ severity }) => severity !== 'info');
  if (shown.length > 0) {
    printFindings(out, shown);
    out.line();
  }
  for (const line of saying(adoption, shown.length))
    for (const part of fold(visible(line), out.limit)) out.line(part);
  const step = shown.length > 0 ? `explain ${shown[0]!.rule}` : 'check';
  out.line(`${out.dim('next')}   ${nextCommand(call, step)}`);
  return failed ? 1 : 0;
}

/** What is adopted, before it is written. */
export interface Adoption {
  path: string;
  /** What was adopted before. */
  entries: Baseline | undefined;
  kept: Baseline;
  /** A tree without a document: there is nothing to adopt. */
  empty: Finding | undefined;
}

/** What of the tree goes into its baseline, or stays in it. */
export async function planAdoption(call: Call, target: Target, policy: Policy): Promise<Adoption> {
  const { path, entries } = policy.baseline;
  const { all, judged } = await look(call, target, policy);
  const now = baselineOf(all, judged.spec?.version);
  const kept = entries === undefined ? now : shrunkBaseline(entries, now);
  return { path, entries, kept, empty: all.find(({ rule }) => rule === 'tree/empty') };
}

/** Only what changed is written, and a file that is there is never overwritten unseen. */
async function write(call: Call, { snapshot }: Target, { path, entries, kept }: Adoption): Promise<void> {
  const text = printBaseline(kept);
  if (entries === undefined) return createFileDurably(resolve(call.root, path), text);
  const before = await snapshot.read(path);
  const bytes = new TextEncoder().encode(text);
  if (Buffer.compare(before, bytes) !== 0) await replaceFiles(call.root, [{ path, before, bytes }]);
}

function saying({ path, entries, kept }: Adoption, beyond: number): string[] {
  const left = total(kept);
  if (entries === undefined) {
    const files = new Set(kept.map(({ file }) => file)).size;
    return [
      `wrote ${path} · ${count(left, 'finding')} in ${count(files, 'file')} adopted; from now on only others fail (commit it)`,
    ];
  }
  const gone = total(entries) - left;
  const lines = [
    gone > 0
      ? `took ${count(gone, 'fixed finding')} out of ${path} · ${left} left`
      : `${path} is up to date · ${count(left, 'finding')}`,
  ];
  if (beyond > 0)
    lines.push(
      `${count(beyond, 'finding')} beyond it, and none is ever added (to adopt anew, delete it first)`,
    );
  return lines;
}

/** So many findings are in it. */
export function total(baseline: Baseline): number {
  return baseline.reduce((sum, entry) => sum + entry.count, 0);
}
