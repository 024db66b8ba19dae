import type { Finding } from '../../findings/index.ts';
import type { Edits } from '../../snapshot/index.ts';
import { applyFixes, decode } from '../../text/index.ts';

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

/** What the planning of fixes asks for: the tree as it is, and as it would be. */
export interface Ground {
  /** A file as it was judged; undefined where it is no text of the tree. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** What is wrong with the tree after these edits. */
  judge(edits: Edits): Promise<Finding[]>;
}

/** Applies fixes to a planned tree until there are none: what is written at the end needs no second run. */
export async function planFixes(found: readonly Finding[], ground: Ground): Promise<Plan> {
  const files = new Map<string, Mended>();
  let findings = found;
  const fixedIn = new Map<string, number>();
  for (let round = 1; ; round++) {
    const mended = await mendOnce(findings, async (path) => files.get(path) ?? open(path, ground));
    const endless = round > MOST_ROUNDS;
    // Fixes that undo each other never end: such a file stays as it was.
    if (endless) for (const { file } of mended.files) files.delete(file.path);
    if (mended.files.length === 0 || endless) {
      const left = mended.left + mended.files.reduce((sum, { applied }) => sum + applied, 0);
      const kept = written(files);
      const fixed = kept.reduce((sum, { path }) => sum + (fixedIn.get(path) ?? 0), 0);
      return { files: kept, fixed, left, after: [...findings] };
    }
    for (const { file, applied } of mended.files) {
      files.set(file.path, file);
      fixedIn.set(file.path, (fixedIn.get(file.path) ?? 0) + applied);
    }
    findings = await ground.judge(new Map([...files].map(([path, { to }]) => [path, to])));
  }
}

/** One round over all files: those that change, and how many fixes had to wait. */
async function mendOnce(
  findings: readonly Finding[],
  read: (path: string) => Promise<Mended | undefined>,
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

async function open(path: string, { read }: Ground): Promise<Mended | undefined> {
  const before = await read(path);
  if (before === undefined) return undefined;
  const { text, bom } = decode(path, before);
  const from = (bom ? '\ufeff' : '') + text;
  return { path, before, bytes: before, from, to: from };
}
