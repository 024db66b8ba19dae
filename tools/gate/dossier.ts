import {
  type AuditRow,
  type BoardEntry,
  baseWpId,
  entriesOf,
  foldLedger,
  type GateEvent,
  type GovTree,
  type LedgerFold,
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
import { type Ground, unknownGround } from './ground/ground.ts';
import { type Subject, subjectFrom } from './subject.ts';

/** Everything that is known of one work packet. */
export interface Dossier {
  wpId: string;
  tree: GovTree;
  spec: SpecIndex | undefined;
  /** The specs that documents may pin. */
  library: SpecLibrary;
  ground: Ground;
  stub?: Stub;
  packet?: Packet;
  refinement?: Refinement;
  packetPath: string;
  refinementPath: string;
  boardEntries: BoardEntry[];
  /** Rows of the base id: one, or something is wrong. */
  registryRows: RegistryRow[];
  gateEvents: GateEvent[];
  /** Entries of upstream's log that name it, and that are no events. */
  gateProblems: Finding[];
  auditRows: AuditRow[];
  /** What the ledger comes to; nothing at all while something is wrong with how its entries hang together. */
  fold: LedgerFold;
  /** What is wrong with its ledger. */
  ledgerProblems: Finding[];
  /** How its entries hang together is wrong, so that none of them counts. */
  ledgerBroken: boolean;
}

/** Of an entry that counts for nothing alone; a chain that is broken says nothing at all. */
const SINGLE = new Set(['ledger/field-missing', 'ledger/unknown-kind', 'ledger/role-may-not-write']);

/** Where nobody says what time it is nothing lasts: a waiver is over. */
const END_OF_TIME = 8.64e15;

/** Gathers the documents and records of a work packet. The id must have been checked. */
export function openDossier(
  tree: GovTree,
  spec: SpecIndex | undefined,
  wpId: string,
  library: SpecLibrary = libraryOfSpecs(spec === undefined ? [] : [spec]),
  ground: Ground = unknownGround(END_OF_TIME),
): Dossier {
  const [stub, packet, refinement] = [stubOf(tree, wpId), packetOf(tree, wpId), refinementOf(tree, wpId)];
  const folder = `${tree.folder}/ledger/${wpId}/`;
  const ledgerProblems = tree.findings.filter(({ place }) => place.file.startsWith(folder));
  const broken = ledgerProblems.some(({ rule }) => !SINGLE.has(rule));
  return {
    wpId,
    tree,
    spec,
    library,
    ground,
    ...(stub ? { stub } : {}),
    ...(packet ? { packet } : {}),
    ...(refinement ? { refinement } : {}),
    packetPath: `${tree.folder}/task_packets/${wpId}.md`,
    refinementPath: `${tree.folder}/refinements/${wpId}.md`,
    boardEntries: tree.board ? entriesOf(tree.board, wpId) : [],
    registryRows: tree.registry?.rows.filter((row) => row.baseWpId === baseWpId(wpId)) ?? [],
    gateEvents: tree.gates?.events.filter((event) => event.wpId === wpId) ?? [],
    gateProblems: tree.findings.filter(
      ({ place, args }) => place.file === tree.gates?.path && args.wpId === wpId,
    ),
    auditRows: tree.audit?.rows.filter((row) => row.wpIds.includes(wpId)) ?? [],
    fold: foldLedger(broken ? [] : tree.ledger.filter((entry) => entry.wpId === wpId)),
    ledgerProblems,
    ledgerBroken: broken,
  };
}

const rests = new WeakMap<Dossier, Rests>();
const subjects = new WeakMap<Dossier, Subject>();

/** What its refinement rests on; several items ask. */
export function restsOf(dossier: Dossier): Rests | undefined {
  const { refinement, spec, library } = dossier;
  if (refinement === undefined) return undefined;
  const known = rests.get(dossier) ?? restsOn(refinement, spec, library);
  rests.set(dossier, known);
  return known;
}

/** What its approval and its signature are given for, as it is now; nothing without a refinement. */
export function subjectNow(dossier: Dossier): Subject | undefined {
  const { refinement, stub, library } = dossier;
  if (refinement === undefined) return undefined;
  const known = subjects.get(dossier) ?? subjectFrom(refinement, stub, library);
  subjects.set(dossier, known);
  return known;
}
