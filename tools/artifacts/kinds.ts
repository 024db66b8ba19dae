import type { Finding } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { stemOf } from './document.ts';
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

/** Which path holds a document of which kind. */
export interface Layout {
  /** The governance folder: `.GOV`. */
  folder: string;
  kindOf(path: string): Kind | undefined;
}

interface Row {
  kind: Kind;
  /** Of the path below the folder. */
  path: RegExp;
}

// `roles_shared/records/` is where the layout of June keeps them; what is left beside it is a shim.
const RECORDS = String.raw`^\/roles_shared\/(?:records\/)?`;

const PATHS: readonly Row[] = [
  { kind: 'stub', path: /^\/task_packets\/stubs\/[^/]+\.md$/ },
  { kind: 'packet', path: /^\/task_packets\/(?:[^/]+|WP-[^/]+\/packet)\.md$/ },
  { kind: 'refinement', path: /^\/refinements\/[^/]+\.md$/ },
  { kind: 'board', path: new RegExp(`${RECORDS}TASK_BOARD\\.md$`) },
  { kind: 'registry', path: new RegExp(`${RECORDS}WP_TRACEABILITY_REGISTRY\\.md$`) },
  { kind: 'audit', path: new RegExp(`${RECORDS}SIGNATURE_AUDIT\\.md$`) },
  { kind: 'gates', path: /^\/roles\/orchestrator\/ORCHESTRATOR_GATES\.json$/ },
  { kind: 'roles', path: /^\/roles\.ya?ml$/ },
  { kind: 'ledger', path: /^\/ledger\/.*\.json$/ },
];

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

/** Where the layouts of February and of June keep their documents: no configuration is needed for either. */
export function defaultLayout(folder = '.GOV'): Layout {
  return {
    folder,
    kindOf(path) {
      if (!path.startsWith(`${folder}/`) || stemOf(path).toUpperCase() === 'README') return undefined;
      const below = path.slice(folder.length);
      return PATHS.find((row) => row.path.test(below))?.kind;
    },
  };
}

/** Reads a document of a kind. Never throws on content. */
export function readArtifact<K extends Kind>(kind: K, file: TextFile): Kinds[K] {
  return READERS[kind](file);
}
