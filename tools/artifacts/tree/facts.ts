import type { Finding } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import type { LedgerEntry } from '../ledger/entry.ts';
import type { GateEvent } from '../orchestrator-gates.ts';
import type { ValidationSession, ValidatorGates } from '../validator-gates.ts';
import type { Artifact, Kind, Kinds } from './kinds.ts';

/**
 * What the documents of a tree ask about each other. It is small and made of plain values, so that it is kept
 * from one run to the next: who judges one changed file need not read the other thousands.
 */
const KEPT = {
  stub: ['kind', 'path', 'stem', 'family', 'title', 'wpId', 'status', 'candidates', 'dependencies'],
  packet: [
    'kind',
    'path',
    'stem',
    'title',
    'wpId',
    'status',
    'signature',
    'formatVersion',
    'inScopePaths',
    'supersedes',
    'dependencies',
    'specAnchors',
    'pin',
    'verdicts',
  ],
  refinement: ['kind', 'path', 'stem', 'wpId', 'reviewStatus', 'signature', 'enrichmentNeeded', 'pin'],
  board: ['kind', 'path', 'sections', 'entries'],
  registry: ['kind', 'path', 'headerLine', 'rows'],
  audit: ['kind', 'path', 'headerLine', 'rows'],
  mailbox: ['kind', 'path'],
  pointer: ['kind', 'path', 'spec', 'version', 'governance'],
  governanceSnapshot: ['kind', 'path', 'specTarget', 'version'],
  roles: ['kind', 'path'],
} as const satisfies {
  [K in Exclude<Kind, 'gates' | 'validatorGates' | 'ledger'>]: readonly (keyof Kinds[K])[];
};

type Picked = keyof typeof KEPT;
/** A field without its key's place, which is of use only to those who write to the file. */
export type FieldFacts = Pick<Field, 'key' | 'value' | 'note' | 'raw' | 'place'>;
type Lean<T> = { [P in keyof T]: T[P] extends Field | undefined ? FieldFacts | (T[P] & undefined) : T[P] };
type FactsOf<K extends Picked> = Lean<Pick<Kinds[K], (typeof KEPT)[K][number] & keyof Kinds[K]>>;

export type StubFacts = FactsOf<'stub'>;
export type PacketFacts = FactsOf<'packet'>;
export type RefinementFacts = FactsOf<'refinement'>;
export type BoardFacts = FactsOf<'board'>;
export type RegistryFacts = FactsOf<'registry'>;
export type AuditFacts = FactsOf<'audit'>;
export type GovernanceSnapshotFacts = FactsOf<'governanceSnapshot'>;
export type PointerFacts = FactsOf<'pointer'>;

// What follows keeps its file as it was parsed, which is of no use without the file.
export type GateEventFacts = Omit<GateEvent, 'entry'>;
export interface GatesFacts {
  kind: 'gates';
  path: string;
  events: GateEventFacts[];
}
export type ValidationSessionFacts = Omit<ValidationSession, 'entry'>;
export interface ValidatorGatesFacts extends Pick<ValidatorGates, 'kind' | 'path' | 'stem' | 'legacy'> {
  sessions: ValidationSessionFacts[];
  archived: ValidationSessionFacts[];
}
export type LedgerFacts = Omit<LedgerEntry, 'document' | 'content'>;
export interface LedgerFileFacts {
  kind: 'ledger';
  path: string;
  entry?: LedgerFacts;
}

export type Facts =
  | { [K in Picked]: FactsOf<K> }[Picked]
  | GatesFacts
  | ValidatorGatesFacts
  | LedgerFileFacts;

/** What one document tells the others. */
export function factsOf(artifact: Artifact): Facts {
  const { kind, path } = artifact;
  switch (kind) {
    case 'gates':
      return { kind, path, events: artifact.events.map(({ entry: _, ...event }) => event) };
    case 'validatorGates': {
      const { stem, legacy } = artifact;
      const lean = ({ entry: _, ...session }: ValidationSession): ValidationSessionFacts => session;
      const [sessions, archived] = [artifact.sessions.map(lean), artifact.archived.map(lean)];
      return { kind, path, stem, legacy, sessions, archived };
    }
    case 'ledger': {
      if (artifact.entry === undefined) return { kind, path };
      const { document: _, content: __, ...entry } = artifact.entry;
      return { kind, path, entry };
    }
    default:
      return picked(artifact, KEPT[kind]);
  }
}

function picked(artifact: Artifact, keys: readonly string[]): Facts {
  const own = artifact as unknown as Record<string, unknown>;
  const kept = keys.flatMap((key) => (own[key] === undefined ? [] : [[key, lean(own[key])]]));
  return Object.fromEntries(kept) as unknown as Facts;
}

function lean(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('keyPlace' in value)) return value;
  const { key, value: text, note, raw, place } = value as Field;
  return { key, value: text, ...(note === undefined ? {} : { note }), raw, place };
}

/** All facts of a tree: what the rules across documents see. {@link GovTree} is one, with the documents whole. */
export interface TreeFacts {
  folder: string;
  /** Where the pointer to the spec may stand, the one that counts first. */
  pointers: readonly string[];
  /** Every file of the tree that was listed, readable or not. */
  paths: ReadonlySet<string>;
  /** Files and folders that could not be read: what is in them is not known, and not absent. */
  unread: string[];
  stubs: StubFacts[];
  packets: PacketFacts[];
  refinements: RefinementFacts[];
  board?: BoardFacts;
  registry?: RegistryFacts;
  audit?: AuditFacts;
  gates?: GatesFacts;
  /** By path. */
  validatorGates: ValidatorGatesFacts[];
  mailbox?: FactsOf<'mailbox'>;
  pointer?: PointerFacts;
  governanceSnapshot?: GovernanceSnapshotFacts;
  roles?: FactsOf<'roles'>;
  /** By work packet, then by sequence. */
  ledger: LedgerFacts[];
  /** What could not be read. */
  findings: Finding[];
}

/** Puts a document, or its facts, where it belongs in the tree. */
export function addTo(tree: TreeFacts, one: Facts | Artifact): void {
  switch (one.kind) {
    case 'stub':
      tree.stubs.push(one);
      break;
    case 'packet':
      tree.packets.push(one);
      break;
    case 'refinement':
      tree.refinements.push(one);
      break;
    case 'ledger':
      if (one.entry) tree.ledger.push(one.entry);
      break;
    case 'board':
      tree.board = preferred(tree.board, one);
      break;
    case 'registry':
      tree.registry = preferred(tree.registry, one);
      break;
    case 'audit':
      tree.audit = preferred(tree.audit, one);
      break;
    case 'gates':
      tree.gates = one;
      break;
    case 'validatorGates':
      tree.validatorGates.push(one);
      break;
    case 'mailbox':
      tree.mailbox = one;
      break;
    case 'pointer':
      if (tree.pointer === undefined || rank(one, tree) < rank(tree.pointer, tree)) tree.pointer = one;
      break;
    case 'governanceSnapshot':
      tree.governanceSnapshot = one;
      break;
    case 'roles':
      tree.roles = one;
      break;
  }
}

/** The spec's own reader takes the first of the places, and says what is wrong with it. */
function rank({ path }: PointerFacts, { pointers }: TreeFacts): number {
  return pointers.indexOf(path);
}

/** In the layout of June the records are the document, and what stands in the old place is a shim. */
function preferred<T extends { path: string }>(known: T | undefined, other: T): T {
  return known === undefined || other.path.includes('/records/') ? other : known;
}
