import type { Finding } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';
import { stemOf } from '../document.ts';
import { type GovernanceSnapshot, readGovernanceSnapshot } from '../governance-snapshot.ts';
import { type LedgerFile, readLedgerEntry } from '../ledger/entry.ts';
import { type Mailbox, readMailboxFile, readMailboxThread } from '../mailbox.ts';
import { type OrchestratorGates, readOrchestratorGates } from '../orchestrator-gates.ts';
import { type Packet, readPacket } from '../packet/packet.ts';
import { type Refinement, readRefinement } from '../refinement/refinement.ts';
import { type Registry, readRegistry } from '../registry.ts';
import { type Roles, readRoles } from '../roles.ts';
import { readSignatureAudit, type SignatureAudit } from '../signature-audit.ts';
import { readSpecPointer, type SpecPointer } from '../spec-pointer.ts';
import { readStub, type Stub } from '../stub/stub.ts';
import { readTaskBoard, type TaskBoard } from '../task-board.ts';
import { readValidatorGates, type ValidatorGates } from '../validator-gates.ts';

/** Every governed document, by the name of its kind. */
export interface Kinds {
  stub: Stub;
  packet: Packet;
  refinement: Refinement;
  board: TaskBoard;
  registry: Registry;
  audit: SignatureAudit;
  gates: OrchestratorGates;
  validatorGates: ValidatorGates;
  mailbox: Mailbox;
  pointer: SpecPointer;
  governanceSnapshot: GovernanceSnapshot;
  roles: Roles;
  ledger: LedgerFile;
}

export type Kind = keyof Kinds;

/** The kinds whose documents are one file each; the mailbox is a folder of them. */
export type FileKind = Exclude<Kind, 'mailbox'>;

/** A document that was read. What its reader could not make sense of is among its `findings`. */
export type Artifact = Kinds[Kind] & { findings?: Finding[] };

const READERS: { readonly [K in FileKind]: (file: TextFile) => Kinds[K] } = {
  stub: readStub,
  packet: readPacket,
  refinement: readRefinement,
  board: readTaskBoard,
  registry: readRegistry,
  audit: readSignatureAudit,
  gates: readOrchestratorGates,
  validatorGates: readValidatorGates,
  pointer: readSpecPointer,
  governanceSnapshot: readGovernanceSnapshot,
  roles: readRoles,
  ledger: readLedgerEntry,
};

/** Reads a document of a kind. Never throws on content. */
export function readArtifact<K extends FileKind>(kind: K, file: TextFile): Kinds[K] {
  return READERS[kind](file);
}

/** Reads the files of a mailbox export together: `path` is their folder, `unread` what of the tree is not known. */
export function readMailbox(
  path: string,
  files: readonly TextFile[],
  unread: readonly string[],
): Mailbox & { findings: Finding[] } {
  const own = unread.filter((each) => each.startsWith(path) || path.startsWith(`${each}/`));
  const mailbox: Mailbox & { findings: Finding[] } = {
    kind: 'mailbox',
    path,
    threads: [],
    unread: own,
    findings: [],
  };
  for (const file of files) {
    if (file.path.endsWith('.jsonl')) mailbox.threads.push(readMailboxThread(file));
    else mailbox[stemOf(file.path) === 'index' ? 'index' : 'manifest'] = readMailboxFile(file);
  }
  for (const part of [mailbox.index, mailbox.manifest, ...mailbox.threads])
    mailbox.findings.push(...(part?.findings ?? []));
  return mailbox;
}
