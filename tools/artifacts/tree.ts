import { compareText, type Finding, linePlace } from '../findings/index.ts';
import { type Snapshot, UnreadableFile, type UnreadableReason, unreadableText } from '../snapshot/index.ts';
import { decode, NotUtf8, spanPlace, type TextFile } from '../text/index.ts';
import { addTo, type TreeFacts } from './facts.ts';
import { type Artifact, readArtifact } from './kinds.ts';
import { defaultLayout, type Layout } from './layout.ts';
import type { LedgerEntry } from './ledger.ts';
import { checkLedger } from './ledger-chain.ts';
import type { OrchestratorGates } from './orchestrator-gates.ts';
import type { Packet } from './packet.ts';
import type { Refinement } from './refinement.ts';
import type { Registry } from './registry.ts';
import type { Roles } from './roles.ts';
import type { SignatureAudit } from './signature-audit.ts';
import type { Stub } from './stub.ts';
import type { TaskBoard } from './task-board.ts';

export interface TreeOptions {
  /** Folder of the governance tree. Default `.GOV`. */
  folder?: string;
  /** Which files below the folder. Default: all. Who wants only stubs need not read the rest. */
  globs?: readonly string[];
  /** Files read at a time. Default 32. */
  concurrency?: number;
  /** Where documents of which kind stand. Default: {@link defaultLayout} of the folder. */
  layout?: Layout;
}

/** Everything under `.GOV`, read once; and what could not be read. */
export interface GovTree extends TreeFacts {
  /** Id of the snapshot. */
  snapshot: string;
  /** Every text file, governed or not, by path. */
  files: TextFile[];
  stubs: Stub[];
  packets: Packet[];
  refinements: Refinement[];
  board?: TaskBoard;
  registry?: Registry;
  audit?: SignatureAudit;
  gates?: OrchestratorGates;
  roles?: Roles;
  /** By work packet, then by sequence. */
  ledger: LedgerEntry[];
  findings: Finding[];
}

/** Reads a tree. Files that cannot be read are findings of severity error; nothing else throws. */
export async function readTree(snapshot: Snapshot, options: TreeOptions = {}): Promise<GovTree> {
  const folder = options.folder ?? options.layout?.folder ?? '.GOV';
  const layout = options.layout ?? defaultLayout(folder);
  const tree: GovTree = {
    snapshot: snapshot.id,
    folder,
    paths: new Set(),
    files: [],
    stubs: [],
    packets: [],
    refinements: [],
    ledger: [],
    findings: [],
  };
  const paths = await listFiles(snapshot, tree, options.globs);
  tree.paths = new Set(paths);
  const results = await mapConcurrently(paths, options.concurrency ?? 32, (path) => readText(snapshot, path));
  for (const result of results) {
    if ('text' in result) tree.files.push(result);
    else tree.findings.push(result);
  }
  for (const file of tree.files) {
    const kind = layout.kindOf(file.path);
    if (kind === undefined) continue;
    const artifact: Artifact = readArtifact(kind, file);
    addTo(tree, artifact);
    tree.findings.push(...(artifact.findings ?? []));
  }
  sortLedger(tree.ledger);
  tree.findings.push(...checkLedger(tree.ledger));
  if (options.globs === undefined) tree.findings.push(...absences(tree));
  return tree;
}

export function stubOf(tree: GovTree, wpId: string): Stub | undefined {
  return tree.stubs.find(({ stem }) => stem === wpId);
}

export function packetOf(tree: GovTree, wpId: string): Packet | undefined {
  return tree.packets.find(({ stem }) => stem === wpId);
}

export function refinementOf(tree: GovTree, wpId: string): Refinement | undefined {
  return tree.refinements.find(({ stem }) => stem === wpId);
}

/** By work packet, then by sequence. */
export function sortLedger(ledger: LedgerEntry[]): void {
  ledger.sort((a, b) => compareText(a.wpId, b.wpId) || a.seq - b.seq);
}

/** The text files of a tree. What cannot be looked into is a finding too, and hides nothing else. */
export function listFiles(
  snapshot: Snapshot,
  { folder, findings }: Pick<TreeFacts, 'folder' | 'findings'>,
  globs: readonly string[] = ['**/*.{md,json,yaml,yml}'],
): Promise<string[]> {
  return snapshot.list(
    // The Master Spec may lie under .GOV too; its own reader has it.
    [...globs.map((glob) => `${folder}/${glob}`), `!${folder}/spec/**`],
    ({ path, reason }) => findings.push(unreadable(path, reason)),
  );
}

/** A file as text, or the finding that says why there is none. */
export async function readText(snapshot: Snapshot, path: string): Promise<TextFile | Finding> {
  try {
    return decode(path, await snapshot.read(path));
  } catch (error) {
    if (error instanceof UnreadableFile) return unreadable(path, error.reason);
    if (error instanceof NotUtf8) return notUtf8(error);
    throw error;
  }
}

function unreadable(path: string, reason: UnreadableReason): Finding {
  const found = reason === 'missing' ? 'absence' : unreadableText(reason);
  const expected = reason.endsWith('-folder') ? 'a folder' : 'a file';
  return {
    rule: reason === 'unmerged' ? 'tree/unmerged' : 'tree/unreadable',
    severity: 'error',
    place: linePlace(path, 1),
    message:
      reason === 'unmerged'
        ? `Unexpected ${found}, expected a file that is merged (git add marks it so)`
        : `Unexpected ${found}, expected ${expected} that can be read`,
    args: { path, found },
  };
}

function notUtf8(error: NotUtf8): Finding {
  const byte = `0x${error.byte.toString(16).padStart(2, '0')}`;
  return {
    rule: 'text/not-utf8',
    severity: 'error',
    place: spanPlace(error.path, error.line, error.column, 1),
    message: `Unexpected byte ${byte}, expected UTF-8`,
    args: { byte },
  };
}

/** A gate that has seen nothing must not pass. */
export function absences(tree: TreeFacts): Finding[] {
  const documents = tree.stubs.length + tree.packets.length + tree.refinements.length;
  const { folder } = tree;
  if (documents === 0 && !tree.board && !tree.registry && tree.findings.length === 0) {
    return [
      {
        rule: 'tree/empty',
        severity: 'error',
        place: linePlace(folder, 1),
        message: `no governed file under ${folder}: is this the right --root?`,
        args: { folder },
      },
    ];
  }
  if (documents > 0 && !tree.board && ![...tree.paths].some((path) => path.endsWith('/TASK_BOARD.md')))
    return [unreadable(`${folder}/roles_shared/TASK_BOARD.md`, 'missing')];
  return [];
}

/** Results in the order of the items, however long each takes. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await map(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
