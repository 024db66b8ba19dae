import { RULES } from '../../checks/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { Looked } from '../check/look.ts';
import type { Scope } from '../check/options.ts';
import type { Policy } from '../check/policy.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, fold, visible } from '../output.ts';
import { printFindings, summaryText } from './findings.ts';
import { overruledText } from './overruled.ts';

/** So many findings at once are a tree that was there before the tool. */
const LEGACY = 200;

export interface CheckReport {
  looked: Looked;
  policy: Policy;
  scope: Scope;
  /** What a changed file is called. */
  changed?: string;
  /** Seconds, as they are shown. */
  seconds: string;
}

/** What is wrong, what was looked at, and the one next command. */
export function printCheck(call: Call, report: CheckReport): void {
  const { out } = call;
  const { findings } = report.looked;
  const shown = findings.filter(({ severity }) => severity !== 'info');
  if (shown.length > 0) {
    printFindings(out, shown);
    out.line();
  }
  if (shown.length > 0 || !call.quiet) {
    const line = shown.length === 0 ? cleanText(report) : wrongText(report, shown);
    for (const [at, part] of fold(line, out.limit).entries())
      out.line(at === 0 && shown.length === 0 ? part.replace('clean', out.green('clean')) : part);
    for (const note of notesOn(report))
      for (const part of fold(visible(note), out.limit)) out.line(out.dim(part));
  }
  if (shown.length > 0) out.line(`${out.dim('next')}   ${next(call, report, shown)}`);
}

/** `3 staged of 375 files`. */
export function seenText({ looked, changed }: Pick<CheckReport, 'looked' | 'changed'>): string {
  const files = count(looked.files.length, 'file');
  if (looked.changed === undefined) return files;
  const touched = looked.changed.length;
  return touched === 0 ? `nothing governed ${changed} of ${files}` : `${touched} ${changed} of ${files}`;
}

function cleanText(report: CheckReport): string {
  const { looked, policy, seconds } = report;
  const off = Object.values(policy.config.check.rules).filter((weight) => weight === 'off').length;
  const seen = [seenText(report), count(RULES.length - off, 'rule'), looked.judged.spec?.version];
  const parts = ['clean', seen.filter(Boolean).join(', ')];
  if (looked.baselined > 0) parts.push(`${looked.baselined} in the baseline`);
  return [...parts, seconds].join(' · ');
}

function wrongText(report: CheckReport, shown: readonly Finding[]): string {
  const { looked, seconds } = report;
  const wrong = new Set(shown.map(({ place }) => place.file));
  // A file that was looked for, or stands for others, may have a finding and not be one of those read.
  const all = new Set([...looked.files, ...wrong]).size;
  const touched = looked.changed && `, ${looked.changed.length || 'nothing governed'} ${report.changed}`;
  // Of nothing read there is nothing to count.
  const where = looked.files.length === 0 ? '' : ` in ${wrong.size} of ${count(all, 'file')}${touched ?? ''}`;
  const parts = [`${summaryText(shown)}${where}`];
  const infos = looked.findings.length - shown.length;
  if (infos > 0) parts.push(`${count(infos, 'note')} in --json`);
  if (looked.baselined > 0) parts.push(`${looked.baselined} in the baseline`);
  return [...parts, seconds].join(' · ');
}

/** What the reader has to know of the policy; in every format. */
export function notesOn({
  looked,
  policy,
  scope,
}: Pick<CheckReport, 'looked' | 'policy' | 'scope'>): string[] {
  const notes: string[] = [];
  const { overruled, baseline } = policy;
  const told = overruledText(overruled, scope.kind === 'staged' ? 'HEAD' : 'the merge base');
  if (told !== undefined) notes.push(told);
  if (looked.unneeded > 0 && looked.changed === undefined) {
    const [entries, are] = looked.unneeded > 1 ? ['entries', 'are'] : ['entry', 'is'];
    notes.push(
      `${looked.unneeded} ${entries} of ${baseline.path} ${are} no longer needed (gov check --baseline)`,
    );
  }
  return notes;
}

function next(call: Call, { looked, policy, scope }: CheckReport, shown: readonly Finding[]): string {
  const worst = shown.find(({ severity }) => severity === 'error') ?? shown[0]!;
  if (worst.rule === 'tree/empty') return 'gov check --root DIR';
  const onDisk = scope.kind !== 'commit' && !(scope.kind === 'since' && scope.rev !== undefined);
  const fixable = shown.filter(({ fix }) => fix !== undefined).length;
  if (onDisk && fixable * 2 > shown.length) return nextCommand(call, 'check --fix');
  const adopted = policy.baseline.entries !== undefined;
  if (scope.kind === 'worktree' && !adopted && looked.all.length >= LEGACY && call.args.length === 0)
    return nextCommand(call, 'check --baseline');
  return nextCommand(call, `explain ${worst.rule}`);
}
