import type { Affected, RebaseDocument, RebasePlan, RebaseState, RebaseTarget } from '../../gate/index.ts';
import { count, cut, type Output, pad, visible, wrap } from '../output.ts';
import type { RebaseReport } from '../schemas/spec-rebase.ts';
import { isLoss, nextFor, nextOf, thenFor } from './rebase-next.ts';

/** A screen and a half; `--json` has all of it. */
const MAX_LINES = 60;

export interface RebaseOutcome {
  target: RebaseTarget;
  plan: RebasePlan;
  notes: string[];
  applied: boolean;
  /** The path of the target, where it has to be committed first. */
  uncommitted?: string;
}

/** `govkit.spec-rebase@1`. */
export function rebaseReport({ target, plan, notes, applied }: RebaseOutcome): RebaseReport {
  return {
    schema: 'govkit.spec-rebase@1',
    to: { version: target.to.version, file: target.to.files[0]!.path, sha1: target.sha1 },
    applied,
    documents: plan.documents.map((document) => ({
      kind: document.kind,
      wp_id: document.wpId,
      file: document.file,
      state: document.state,
      ...(document.from !== undefined && { from: document.from }),
      ...(document.reason !== undefined && { reason: document.reason }),
      moved: document.moved.map(anchorReport),
      left: document.left.map((each) => ({ ...anchorReport(each), next: nextFor(document, each, target) })),
      ...(document.signature && { signature: document.signature }),
    })),
    writes: plan.writes.map(({ path }) => path),
    notes,
    counts: countsOf(plan.documents),
  };
}

function anchorReport({ pin, change, reason, window }: Affected) {
  return {
    line: pin.line,
    anchor: pin.anchor.text,
    change,
    reason,
    ...(pin.window && { window: pin.window }),
    ...(window && { to: window }),
  };
}

/** What was rewritten, then what is left with its reasons, and the one command that comes next. */
export function printRebase(out: Output, { target, plan, notes, applied, uncommitted }: RebaseOutcome): void {
  const counts = countsOf(plan.documents);
  const written = plan.documents.filter(({ moved }) => moved.length > 0);
  const lines: string[] = [];
  for (const document of written) {
    const { file, from, moved, signature } = document;
    const text = [
      `${from ?? ''} → ${target.to.version}`,
      count(moved.length, 'anchor'),
      ...(signature ? [`signature ${visible(signature.text)} kept`] : []),
    ];
    lines.push(`  ${visible(file)}`, out.dim(`    ${text.join(' · ')}`));
  }
  if (lines.length > 0) lines.unshift(out.bold(applied ? 'rewritten' : 'would be rewritten'));
  const left = plan.documents.filter((document) => document.left.length > 0);
  const unproven = left.filter((document) => document.left.every(isAbsent));
  const open = left.filter((document) => !unproven.includes(document));
  const heading = (text: string): void => {
    if (lines.length > 0) lines.push('');
    lines.push(out.bold(text));
  };
  if (open.length > 0) heading('left to you');
  for (const document of open) lines.push(...leftLines(out, document));
  if (unproven.length > 0) heading('cannot be proven: the spec that they pin is not at hand');
  for (const { file, from, left: anchors } of unproven) {
    lines.push(
      `  ${pad(from ?? '', 7)}  ${cut(visible(file), Math.max(30, out.width - 24))}  ${out.dim(count(anchors.length, 'anchor'))}`,
    );
  }
  for (const line of lines.slice(0, MAX_LINES)) out.line(line);
  if (lines.length > MAX_LINES) out.line(`  … and ${lines.length - MAX_LINES} more lines (--json has all)`);
  if (lines.length > 0) out.line();
  for (const note of notes) for (const line of wrap(visible(note), out.width)) out.line(out.dim(line));
  const words = {
    REBASED: 'rewritten',
    LEFT: 'left',
    CURRENT: 'current',
    NEWER: 'of a newer version',
    CLOSED: 'closed',
  };
  const parts = (Object.keys(words) as RebaseState[])
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${words[state]}`);
  const what = parts.length === 0 ? 'no stub and no refinement' : parts.join(' · ');
  out.line(`${target.to.version} · ${what}${applied ? '' : ' · nothing written'}`);
  const next = nextOf({ left, unwritten: written.length > 0 && !applied, uncommitted }, target);
  if (next !== undefined) out.line(`${out.dim('next')}   ${next}`);
}

function isAbsent({ change }: Affected): boolean {
  return change === 'SPEC_FILE_ABSENT';
}

/** One line for all anchors that share a reason: a hash that is wrong is wrong for each of them. */
function leftLines(out: Output, document: RebaseDocument): string[] {
  const { file, left, signature } = document;
  const lines = [`  ${visible(file)}`];
  for (const [reason, same] of groupsOf(left)) {
    const { pin, change } = same[0]!;
    const where = same.length === 1 ? `:${pin.line}` : count(same.length, 'anchor');
    const before = `    ${pad(where, 5)}  `;
    const [first = '', ...rest] = wrap(
      visible(reason),
      Math.max(30, out.width - before.length - change.length - 2),
    );
    lines.push(`${before}${out.yellow(change)}  ${first}`);
    for (const line of rest) lines.push(' '.repeat(before.length + change.length + 2) + line);
  }
  if (signature?.state === 'REOPENED') lines.push(`    signature ${visible(signature.text)} is re-opened`);
  if (left.some(isLoss)) lines.push(out.dim(`    look at what changed, then ${thenFor(document)}`));
  return lines;
}

function groupsOf(left: readonly Affected[]): Map<string, Affected[]> {
  const groups = new Map<string, Affected[]>();
  for (const each of left) groups.set(each.reason, [...(groups.get(each.reason) ?? []), each]);
  return groups;
}

/** As they are listed: a stub of which a part is rewritten is listed, and counted, twice. */
function countsOf(documents: readonly RebaseDocument[]): Record<RebaseState, number> {
  const counts = { REBASED: 0, LEFT: 0, CURRENT: 0, NEWER: 0, CLOSED: 0 };
  for (const { state, moved } of documents) {
    counts[state] += 1;
    if (state === 'LEFT' && moved.length > 0) counts.REBASED += 1;
  }
  return counts;
}
