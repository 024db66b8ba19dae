import { type Layout, readTree, type TreeFacts } from '../artifacts/index.ts';
import { type Finding, sortFindings, TreeError } from '../findings/index.ts';
import type { Cache, Snapshot } from '../snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../spec/index.ts';
import { blobId } from '../text/index.ts';
import { runChecks } from './run.ts';

export interface JudgeOptions {
  /** Absolute path of the repository. */
  root: string;
  /** The Master Spec that the caller names (`--spec`), and where it was typed. Default: the one in force. */
  spec?: string;
  cwd?: string;
  layout?: Layout;
  cache?: Cache | undefined;
}

/** What the Master Spec is, for whoever only reports it. */
export interface SpecSummary {
  file: string;
  version: string;
  sha256: string;
  sections: number;
  /** Its files: one, or its modules. */
  files: string[];
}

/** A snapshot, judged. */
export interface Judged {
  /** All that is wrong, in order. */
  findings: Finding[];
  tree: TreeFacts;
  /** Git's id of the bytes of every text file of the tree, by path. */
  ids: ReadonlyMap<string, string>;
  spec?: SpecSummary;
}

/** Reads a snapshot and runs every rule over it. */
export async function judge(snapshot: Snapshot, options: JudgeOptions): Promise<Judged> {
  const { root, layout, spec: named, cwd, cache } = options;
  const [tree, read] = await Promise.all([
    readTree(snapshot, layout && { layout }),
    readSpec(() =>
      loadSpec(snapshot, {
        root,
        cache,
        ...(named !== undefined && { spec: named }),
        ...(cwd !== undefined && { cwd }),
      }),
    ),
  ]);
  // Without a single document the missing spec is a consequence, and naming it would only distract.
  const empty = tree.findings.some(({ rule }) => rule === 'tree/empty');
  const ids = new Map<string, string>();
  for (const { path } of tree.files) ids.set(path, blobId(await snapshot.read(path)));
  return {
    findings: sortFindings([...runChecks(tree, read.index), ...(empty ? [] : read.findings)]),
    tree,
    ids,
    ...(read.index && { spec: summaryOf(read.index) }),
  };
}

async function readSpec(load: () => Promise<SpecIndex>): Promise<{ index?: SpecIndex; findings: Finding[] }> {
  try {
    return { index: await load(), findings: [] };
  } catch (error) {
    if (error instanceof TreeError) return { findings: [error.finding] };
    throw error;
  }
}

function summaryOf({ files, version, sha256, sections }: SpecIndex): SpecSummary {
  const paths = files.map(({ path }) => path);
  return { file: paths[0]!, version, sha256, sections: sections.length, files: paths };
}
