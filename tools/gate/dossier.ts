import {
  type AuditRow,
  type BoardEntry,
  baseWpId,
  entriesOf,
  type GateEvent,
  type GovTree,
  type LedgerEntry,
  type Packet,
  packetOf,
  type Refinement,
  type RegistryRow,
  refinementOf,
  type Stub,
  stubOf,
} from '../artifacts/index.ts';
import type { SpecIndex } from '../spec/index.ts';

/** Everything that the tree says about one work packet. */
export interface Dossier {
  wpId: string;
  tree: GovTree;
  spec: SpecIndex | undefined;
  stub?: Stub;
  packet?: Packet;
  refinement?: Refinement;
  packetPath: string;
  refinementPath: string;
  boardEntries: BoardEntry[];
  /** Rows of the base id: one, or something is wrong. */
  registryRows: RegistryRow[];
  gateEvents: GateEvent[];
  auditRows: AuditRow[];
  ledger: LedgerEntry[];
}

/** Gathers the documents and records of a work packet. The id must have been checked. */
export function openDossier(tree: GovTree, spec: SpecIndex | undefined, wpId: string): Dossier {
  const [stub, packet, refinement] = [stubOf(tree, wpId), packetOf(tree, wpId), refinementOf(tree, wpId)];
  return {
    wpId,
    tree,
    spec,
    ...(stub ? { stub } : {}),
    ...(packet ? { packet } : {}),
    ...(refinement ? { refinement } : {}),
    packetPath: `${tree.folder}/task_packets/${wpId}.md`,
    refinementPath: `${tree.folder}/refinements/${wpId}.md`,
    boardEntries: tree.board ? entriesOf(tree.board, wpId) : [],
    registryRows: tree.registry?.rows.filter((row) => row.baseWpId === baseWpId(wpId)) ?? [],
    gateEvents: tree.gates?.events.filter((event) => event.wpId === wpId) ?? [],
    auditRows: tree.audit?.rows.filter((row) => row.wpIds.includes(wpId)) ?? [],
    ledger: tree.ledger.filter((entry) => entry.wpId === wpId),
  };
}
