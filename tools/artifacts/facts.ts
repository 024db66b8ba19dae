import type { Finding } from '../findings/index.ts';
import type { Artifact, Kind, Kinds } from './kinds.ts';
import type { LedgerEntry } from './ledger.ts';

/**
 * What the documents of a tree ask about each other. It is small and made of plain values, so that it is kept
 * from one run to the next: who judges one changed file need not read the other thousands.
 */
const KEPT = {
  stub: [
    'kind',
    'path',
    'stem',
    'family',
    'title',
    'wpId',
    'baseWpId',
    'status',
    'statuses',
    'candidates',
    'dependencies',
  ],
  packet: [
    'kind',
    'path',
    'stem',
    'title',
    'wpId',
    'baseWpId',
    'status',
    'signature',
    'formatVersion',
    'inScopePaths',
    'supersedes',
    'dependencies',
    'specAnchors',
    'pin',
  ],
  refinement: ['kind', 'path', 'stem', 'wpId', 'reviewStatus', 'signature', 'enrichmentNeeded', 'pin'],
  board: ['kind', 'path', 'entries'],
  registry: ['kind', 'path', 'rows'],
  audit: ['kind', 'path', 'rows'],
  gates: ['kind', 'path', 'events'],
  roles: ['kind', 'path'],
  ledger: ['kind', 'path', 'entry'],
} as const satisfies { [K in Kind]: readonly (keyof Kinds[K])[] };

export type FactsOf<K extends Kind> = Pick<Kinds[K], (typeof KEPT)[K][number] & keyof Kinds[K]>;
export type StubFacts = FactsOf<'stub'>;
export type PacketFacts = FactsOf<'packet'>;
export type RefinementFacts = FactsOf<'refinement'>;
export type BoardFacts = FactsOf<'board'>;
export type RegistryFacts = FactsOf<'registry'>;
export type AuditFacts = FactsOf<'audit'>;
export type GatesFacts = FactsOf<'gates'>;
export type Facts = { [K in Kind]: FactsOf<K> }[Kind];

/** What one document tells the others. */
export function factsOf(artifact: Artifact): Facts {
  const own = artifact as unknown as Record<string, unknown>;
  const keys: readonly string[] = KEPT[artifact.kind];
  return Object.fromEntries(
    keys.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]])),
  ) as unknown as Facts;
}

/** All facts of a tree: what the rules across documents see. {@link GovTree} is one, with the documents whole. */
export interface TreeFacts {
  folder: string;
  /** Every file of the tree that was listed, readable or not. */
  paths: ReadonlySet<string>;
  stubs: StubFacts[];
  packets: PacketFacts[];
  refinements: RefinementFacts[];
  board?: BoardFacts;
  registry?: RegistryFacts;
  audit?: AuditFacts;
  gates?: GatesFacts;
  roles?: FactsOf<'roles'>;
  /** By work packet, then by sequence. */
  ledger: LedgerEntry[];
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
    case 'roles':
      tree.roles = one;
      break;
  }
}

/** In the layout of June the records are the document, and what stands in the old place is a shim. */
function preferred<T extends { path: string }>(known: T | undefined, other: T): T {
  return known === undefined || other.path.includes('/records/') ? other : known;
}
