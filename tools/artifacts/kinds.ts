import type { Finding } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { type LedgerFile, readLedgerEntry } from './ledger.ts';
import { type OrchestratorGates, readOrchestratorGates } from './orchestrator-gates.ts';
import { type Packet, readPacket } from './packet.ts';
import { type Refinement, readRefinement } from './refinement.ts';
import { type Registry, readRegistry } from './registry.ts';
import { type Roles, readRoles } from './roles.ts';
import { readSignatureAudit, type SignatureAudit } from './signature-audit.ts';
import { readStub, type Stub } from './stub.ts';
import { readTaskBoard, type TaskBoard } from './task-board.ts';

/** Every governed document, by the name of its kind. */
export interface Kinds {
  stub: Stub;
  packet: Packet;
  refinement: Refinement;
  board: TaskBoard;
  registry: Registry;
  audit: SignatureAudit;
  gates: OrchestratorGates;
  roles: Roles;
  ledger: LedgerFile;
}

export type Kind = keyof Kinds;

/** A document that was read. What its reader could not make sense of is among its `findings`. */
export type Artifact = Kinds[Kind] & { findings?: Finding[] };

const READERS: { readonly [K in Kind]: (file: TextFile) => Kinds[K] } = {
  stub: readStub,
  packet: readPacket,
  refinement: readRefinement,
  board: readTaskBoard,
  registry: readRegistry,
  audit: readSignatureAudit,
  gates: readOrchestratorGates,
  roles: readRoles,
  ledger: readLedgerEntry,
};

/** Reads a document of a kind. Never throws on content. */
export function readArtifact<K extends Kind>(kind: K, file: TextFile): Kinds[K] {
  return READERS[kind](file);
}
