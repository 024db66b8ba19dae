import type { Finding } from '../../findings/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import type { TextFile } from '../../text/index.ts';
import type { GovernanceSnapshot } from '../governance-snapshot.ts';
import { checkLedger } from '../ledger/chain.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { Mailbox } from '../mailbox.ts';
import type { OrchestratorGates } from '../orchestrator-gates.ts';
import type { Packet } from '../packet/packet.ts';
import type { Refinement } from '../refinement/refinement.ts';
import type { Registry } from '../registry.ts';
import type { Roles } from '../roles.ts';
import type { SignatureAudit } from '../signature-audit.ts';
import type { SpecPointer } from '../spec-pointer.ts';
import type { Stub } from '../stub/stub.ts';
import type { TaskBoard } from '../task-board.ts';
import type { ValidatorGates } from '../validator-gates.ts';
import { emptyDocument } from './empty.ts';
import { addTo, type TreeFacts } from './facts.ts';
import { absences, listFiles, mapConcurrently, readText, sortLedger } from './files.ts';
import { type Artifact, readArtifact, readMailbox } from './kinds.ts';
import { defaultLayout, type Layout, MAILBOX } from './layout.ts';
import { lookAlikes } from './look-alikes.ts';
import { truncatedDocument } from './truncated.ts';

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
  validatorGates: ValidatorGates[];
  mailbox?: Mailbox;
  pointer?: SpecPointer;
  governanceSnapshot?: GovernanceSnapshot;
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
    pointers: layout.pointers,
    paths: new Set(),
    unread: [],
    files: [],
    stubs: [],
    packets: [],
    refinements: [],
    validatorGates: [],
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
  tree.unread = tree.findings.map(({ place }) => place.file);
  const mailbox: TextFile[] = [];
  for (const file of tree.files) {
    const kind = layout.kindOf(file.path);
    if (kind === 'mailbox') mailbox.push(file);
    if (kind === undefined || kind === 'mailbox') continue;
    const artifact: Artifact = readArtifact(kind, file);
    const damage = emptyDocument(file, kind) ?? truncatedDocument(artifact);
    tree.findings.push(...(damage ? [damage] : (artifact.findings ?? [])));
    // What such a document would say is not known, and not absent; the gate looks at what is there of it.
    if (damage) tree.unread.push(file.path);
    addTo(tree, artifact);
  }
  if (mailbox.length > 0) {
    const artifact = readMailbox(`${folder}/${MAILBOX}`, mailbox, tree.unread);
    tree.mailbox = artifact;
    tree.findings.push(...artifact.findings);
  }
  sortLedger(tree.ledger);
  tree.findings.push(...checkLedger(tree.ledger));
  if (options.globs === undefined) tree.findings.push(...absences(tree, layout), ...lookAlikes(tree, layout));
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
