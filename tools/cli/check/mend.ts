import { beyondBaseline } from '../../checks/index.ts';
import { type Finding, UsageError } from '../../findings/index.ts';
import { plannedSnapshot, UnreadableFile } from '../../snapshot/index.ts';
import { applyFixes, blobId, decode, NotUtf8 } from '../../text/index.ts';
import type { Call } from '../command.ts';
import { judgeOne, type Looked } from './look.ts';
import type { Policy } from './policy.ts';
import type { Target } from './target.ts';

/** A fix may open the way for the next one, not for more than these in a row. */
const MOST_ROUNDS = 10;

/** A file that fixes change. */
export interface Mended {
  path: string;
  before: Uint8Array;
  bytes: Uint8Array;
  /** Texts with their line ends. */
  from: string;
  to: string;
}

export interface Plan {
  files: Mended[];
  /** Findings that were mended. */
  fixed: number;
  /** What is wrong afterwards. */
  after: Finding[];
  /** Fixes that meet others even after all rounds, or that would never end. */
  left: number;
}

export interface FixCall {
  target: Target;
  policy: Policy;
  looked: Looked;
  /** What the call asks for by path and rule. */
  wanted(finding: Finding): boolean;
}

/** Applies fixes to a planned tree until there are none: what is written at the end needs no second run. */
export async function planFixes(call: Call, { target, policy, looked, wanted }: FixCall): Promise<Plan> {
  const files = new Map<string, Mended>();
  let findings = looked.all;
  let fixed = 0;
  for (let round = 1; ; round++) {
    const mended = await mendOnce(
      findings.filter(wanted),
      (path) => files.get(path) ?? open(target, path, looked),
    );
    // Fixes that undo each other never end: such a file stays as it was.
    if (round > MOST_ROUNDS) for (const { file } of mended.files) files.delete(file.path);
    if (mended.files.length === 0 || round > MOST_ROUNDS) {
      const left = mended.left + mended.files.reduce((sum, { applied }) => sum + applied, 0);
      return { files: written(files), fixed, left, after: findings.filter(wanted) };
    }
    for (const { file, applied } of mended.files) {
      files.set(file.path, file);
      fixed += applied;
    }
    const edits = new Map([...files].map(([path, { to }]) => [path, to]));
    const { findings: all, judged } = await judgeOne(call, plannedSnapshot(target.snapshot, edits), policy);
    findings = beyondBaseline(all, policy.baseline.entries ?? [], judged.spec?.version).beyond;
  }
}

/** One round over all files: those that change, and how many fixes had to wait. */
async function mendOnce(
  findings: readonly Finding[],
  read: (path: string) => Mended | undefined | Promise<Mended | undefined>,
): Promise<{ files: { file: Mended; applied: number }[]; left: number }> {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings.filter(isFixable)) {
    const { file } = finding.place;
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  const files: { file: Mended; applied: number }[] = [];
  let left = 0;
  for (const [path, own] of byFile) {
    const file = await read(path);
    if (file === undefined) continue;
    const bom = file.to.startsWith('\ufeff') ? '\ufeff' : '';
    const result = applyFixes(decode(path, new TextEncoder().encode(file.to)), own);
    left += result.left.length;
    const to = bom + result.text;
    if (to !== file.to) files.push({ file: { ...file, to }, applied: result.applied.length });
  }
  return { files, left };
}

function written(files: ReadonlyMap<string, Mended>): Mended[] {
  const encoder = new TextEncoder();
  return [...files.values()]
    .filter(({ from, to }) => from !== to)
    .map((file) => ({ ...file, bytes: encoder.encode(file.to) }));
}

function isFixable({ fix: edits }: Finding): boolean {
  return edits !== undefined && edits.length > 0;
}

/** The file as it was judged. One that is no text of the tree has no fixes that could be applied. */
async function open({ snapshot }: Target, path: string, { judged }: Looked): Promise<Mended | undefined> {
  try {
    const before = await snapshot.read(path);
    const id = judged.ids.get(path);
    if (id !== undefined && id !== blobId(before))
      throw new UsageError(
        `${path} was changed by somebody else meanwhile and is left as it is; run it again`,
      );
    const { text, bom } = decode(path, before);
    const from = (bom ? '\ufeff' : '') + text;
    return { path, before, bytes: before, from, to: from };
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof NotUtf8) return undefined;
    throw error;
  }
}
