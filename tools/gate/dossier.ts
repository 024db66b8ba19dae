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
import type { Finding } from '../findings/index.ts';
import type { SpecIndex } from '../spec/index.ts';
import { libraryOfSpecs, type SpecLibrary } from './drift/library.ts';
import { type Rests, restsOn } from './drift/rests.ts';

/** Everything that the tree says about one work packet. */
export interface Dossier {
  wpId: string;
  tree: GovTree;
  spec: SpecIndex | undefined;
  /** The specs that documents may pin. */
  library: SpecLibrary;
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
  /** Entries that count; none at all while something is wrong with how they hang together. */
  ledger: LedgerEntry[];
  /** What is wrong with its ledger. */
  ledgerProblems: Finding[];
}

/** Gathers the documents and records of a work packet. The id must have been checked. */
export function openDossier(
  tree: GovTree,
  spec: SpecIndex | undefined,
  wpId: string,
  library: SpecLibrary = libraryOfSpecs(spec === undefined ? [] : [spec]),
): Dossier {
  const [stub, packet, refinement] = [stubOf(tree, wpId), packetOf(tree, wpId), refinementOf(tree, wpId)];
  const folder = `${tree.folder}/ledger/${wpId}/`;
  const ledgerProblems = tree.findings.filter(({ place }) => place.file.startsWith(folder));
  // An entry without its fields counts for nothing alone; a chain that is broken says nothing at all.
  const broken = ledgerProblems.some(({ rule }) => rule !== 'ledger/field-missing');
  return {
    wpId,
    tree,
    spec,
    library,
    ...(stub ? { stub } : {}),
    ...(packet ? { packet } : {}),
    ...(refinement ? { refinement } : {}),
    packetPath: `${tree.folder}/task_packets/${wpId}.md`,
    refinementPath: `${tree.folder}/refinements/${wpId}.md`,
    boardEntries: tree.board ? entriesOf(tree.board, wpId) : [],
    registryRows: tree.registry?.rows.filter((row) => row.baseWpId === baseWpId(wpId)) ?? [],
    gateEvents: tree.gates?.events.filter((event) => event.wpId === wpId) ?? [],
    auditRows: tree.audit?.rows.filter((row) => row.wpIds.includes(wpId)) ?? [],
    ledger: broken ? [] : tree.ledger.filter((entry) => entry.wpId === wpId && entry.complete),
    ledgerProblems,
  };
}

const rests = new WeakMap<Dossier, Rests>();

/** What its refinement rests on; several items ask. */
export function restsOf(dossier: Dossier): Rests | undefined {
  const { refinement, spec, library } = dossier;
  if (refinement === undefined) return undefined;
  const known = rests.get(dossier) ?? restsOn(refinement, spec, library);
  rests.set(dossier, known);
  return known;
}
