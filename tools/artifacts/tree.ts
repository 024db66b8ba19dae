import { type Finding, linePlace } from '../findings/index.ts';
import { POINTER_PATHS } from '../markdown/index.ts';
import { type Snapshot, UnreadableFile, type UnreadableReason, unreadableText } from '../snapshot/index.ts';
import { decode, NotUtf8, spanPlace, type TextFile } from '../text/index.ts';
import { stemOf } from './document.ts';
import { type LedgerEntry, readLedgerEntry } from './ledger.ts';
import { checkLedger } from './ledger-chain.ts';
import { type Mailbox, readMailboxFile, readMailboxThread } from './mailbox.ts';
import { type OrchestratorGates, readOrchestratorGates } from './orchestrator-gates.ts';
import { type Packet, readPacket } from './packet.ts';
import { type Refinement, readRefinement } from './refinement.ts';
import { type Registry, readRegistry } from './registry.ts';
import { type Roles, readRoles } from './roles.ts';
import { readSignatureAudit, type SignatureAudit } from './signature-audit.ts';
import { readSpecPointer, type SpecPointer } from './spec-pointer.ts';
import { readStub, type Stub } from './stub.ts';
import { readTaskBoard, type TaskBoard } from './task-board.ts';
import { readValidatorGates, type ValidatorGates } from './validator-gates.ts';

export interface TreeOptions {
  /** Folder of the governance tree. Default `.GOV`. */
  folder?: string;
  /** Which files below the folder. Default: all. Who wants only stubs need not read the rest. */
  globs?: readonly string[];
  /** Files read at a time. Default 32. */
  concurrency?: number;
}

/** Everything under `.GOV`, read once; and what could not be read. */
export interface GovTree {
  /** Id of the snapshot. */
  snapshot: string;
  folder: string;
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
  /** One for each work packet, and the legacy one of many; by path. */
  validatorGates: ValidatorGates[];
  mailbox?: Mailbox;
  /** What says which Master Spec is in force. */
  pointer?: SpecPointer;
  /** By work packet, then by sequence. */
  ledger: LedgerEntry[];
  findings: Finding[];
}

/** How a file's path tells what it is. Paths are below the folder. */
interface Kind {
  path: RegExp;
  read(tree: GovTree, file: TextFile): void;
}

// `roles_shared/records/` is where the layout of June keeps them; what is left beside it is a shim.
const RECORDS = String.raw`^\/roles_shared\/(?:records\/)?`;
const KINDS: readonly Kind[] = [
  { path: /^\/task_packets\/stubs\/[^/]+\.md$/, read: (tree, file) => tree.stubs.push(readStub(file)) },
  { path: /^\/task_packets\/[^/]+\.md$/, read: (tree, file) => tree.packets.push(readPacket(file)) },
  { path: /^\/refinements\/[^/]+\.md$/, read: (tree, file) => tree.refinements.push(readRefinement(file)) },
  {
    path: new RegExp(`${RECORDS}TASK_BOARD\\.md$`),
    read: (tree, file) => keep(tree, 'board', readTaskBoard(file)),
  },
  {
    path: new RegExp(`${RECORDS}WP_TRACEABILITY_REGISTRY\\.md$`),
    read: (tree, file) => keep(tree, 'registry', readRegistry(file)),
  },
  {
    path: new RegExp(`${RECORDS}SIGNATURE_AUDIT\\.md$`),
    read: (tree, file) => keep(tree, 'audit', readSignatureAudit(file)),
  },
  {
    path: /^\/roles\/orchestrator\/ORCHESTRATOR_GATES\.json$/,
    read(tree, file) {
      tree.gates = readOrchestratorGates(file);
      tree.findings.push(...tree.gates.findings);
    },
  },
  {
    path: /^\/(?:validator_gates\/[^/]+|roles\/validator\/VALIDATOR_GATES)\.json$/,
    read(tree, file) {
      const gates = readValidatorGates(file);
      tree.validatorGates.push(gates);
      tree.findings.push(...gates.findings);
    },
  },
  {
    path: /^\/ROLE_MAILBOX\/(?:index|export_manifest)\.json$/,
    read(tree, file) {
      const part = readMailboxFile(file);
      mailboxOf(tree)[stemOf(file.path) === 'index' ? 'index' : 'manifest'] = part;
      tree.findings.push(...part.findings);
    },
  },
  {
    path: /^\/ROLE_MAILBOX\/threads\/[^/]+\.jsonl$/,
    read(tree, file) {
      const thread = readMailboxThread(file);
      mailboxOf(tree).threads.push(thread);
      tree.findings.push(...thread.findings);
    },
  },
  {
    path: new RegExp(`^/(?:${POINTER_PATHS.join('|').replaceAll('.', '\\.')})$`),
    read(tree, file) {
      const rank = ({ path }: SpecPointer): number =>
        POINTER_PATHS.findIndex((known) => path === `${tree.folder}/${known}`);
      const pointer = readSpecPointer(file);
      // The spec's own reader takes the first too, and says so where that names no spec.
      if (tree.pointer === undefined || rank(pointer) < rank(tree.pointer)) tree.pointer = pointer;
      if (pointer.spec) tree.findings.push(...pointer.findings);
    },
  },
  {
    path: /^\/roles\.ya?ml$/,
    read(tree, file) {
      tree.roles = readRoles(file);
      tree.findings.push(...tree.roles.findings);
    },
  },
  {
    path: /^\/ledger\/.*\.json$/,
    read(tree, file) {
      const { entry, findings } = readLedgerEntry(file);
      if (entry) tree.ledger.push(entry);
      tree.findings.push(...findings);
    },
  },
];

/** Reads a tree. Files that cannot be read are findings of severity error; nothing else throws. */
export async function readTree(snapshot: Snapshot, options: TreeOptions = {}): Promise<GovTree> {
  const folder = options.folder ?? '.GOV';
  const tree: GovTree = {
    snapshot: snapshot.id,
    folder,
    files: [],
    stubs: [],
    packets: [],
    refinements: [],
    validatorGates: [],
    ledger: [],
    findings: [],
  };
  const paths = await listFiles(snapshot, tree, options.globs);
  const results = await mapConcurrently(paths, options.concurrency ?? 32, (path) => readText(snapshot, path));
  for (const result of results) {
    if ('text' in result) tree.files.push(result);
    else tree.findings.push(result);
  }
  for (const file of tree.files) {
    const below = file.path.slice(folder.length);
    if (stemOf(file.path).toUpperCase() === 'README') continue;
    KINDS.find((kind) => kind.path.test(below))?.read(tree, file);
  }
  tree.ledger.sort((a, b) => (a.wpId < b.wpId ? -1 : a.wpId > b.wpId ? 1 : a.seq - b.seq));
  tree.findings.push(...checkLedger(tree.ledger));
  if (options.globs === undefined) reportAbsence(tree, paths);
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

function keep<K extends 'board' | 'registry' | 'audit'>(
  tree: GovTree,
  key: K,
  value: GovTree[K] & object,
): void {
  const known: { path: string } | undefined = tree[key];
  if (known === undefined || value.path.includes('/records/')) tree[key] = value;
}

function mailboxOf(tree: GovTree): Mailbox {
  tree.mailbox ??= { kind: 'mailbox', path: `${tree.folder}/ROLE_MAILBOX`, threads: [] };
  return tree.mailbox;
}

// Other JSON lines of a tree are logs, which may be large and are nobody's document.
const GOVERNED = ['**/*.{md,json,yaml,yml}', 'ROLE_MAILBOX/threads/*.jsonl'];
// The pointer is a governed document wherever it stands; the spec beside it has its own reader.
const SPEC = 'spec/**/!(SPEC_CURRENT.md|SPEC_CURRENT.json)';

/** What cannot be looked into is a finding too, and hides nothing else. */
function listFiles(
  snapshot: Snapshot,
  { folder, findings }: GovTree,
  globs: readonly string[] = GOVERNED,
): Promise<string[]> {
  return snapshot.list(
    [...globs.map((glob) => `${folder}/${glob}`), `!${folder}/${SPEC}`],
    ({ path, reason }) => findings.push(unreadable(path, reason)),
  );
}

async function readText(snapshot: Snapshot, path: string): Promise<TextFile | Finding> {
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
function reportAbsence(tree: GovTree, paths: readonly string[]): void {
  const documents = tree.stubs.length + tree.packets.length + tree.refinements.length;
  const { folder } = tree;
  if (documents === 0 && !tree.board && !tree.registry && tree.findings.length === 0) {
    tree.findings.push({
      rule: 'tree/empty',
      severity: 'error',
      place: linePlace(folder, 1),
      message: `no governed file under ${folder}: is this the right --root?`,
      args: { folder },
    });
  } else if (documents > 0 && !paths.some((path) => path.endsWith('/TASK_BOARD.md'))) {
    tree.findings.push(unreadable(`${folder}/roles_shared/TASK_BOARD.md`, 'missing'));
  }
}

/** Results in the order of the items, however long each takes. */
async function mapConcurrently<T, R>(
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
