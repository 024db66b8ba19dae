import { linePlace } from '../../findings/index.ts';
import { allOf, type LedgerFold, lastOf, type TypedEntry } from '../ledger/fold.ts';
import type { LedgerData, LedgerKind } from '../ledger/kinds.ts';
import { packetState } from '../packet/packet-state.ts';
import { parseSignature } from '../signature.ts';
import { versionIn } from '../spec-pin.ts';
import { stubState } from '../stub/stub.ts';
import { BOARD_STATES, type BoardState } from '../task-board.ts';
import type { LedgerFacts, PacketFacts, TreeFacts } from '../tree/facts.ts';

/** What the ledger of one work packet has the rendered documents say. */
export interface Expected {
  wpId: string;
  /** Absent where the ledger does not have it: of words alone, and of a packet that was made without it. */
  standing?: Standing | 'gone';
  signatures: ExpectedSignature[];
  /** The entry that says so: what a rendering that drifted is told to follow. */
  owner: string;
}

/** Where a work packet stands. */
export interface Standing {
  /** Absent where the packet says that it is done, and no report says how: what the board says is left. */
  board?: BoardState;
  /** Who says that: an entry, or the packet's own status, which its Coder and its Validator write. */
  boardOwner: string;
  /** The file that the registry names. */
  active: string;
  /** The stub that the packet came from. */
  stubPath: string;
  /** The id of the revision before. */
  supersedes?: string;
  /** The packet was made: the stub is ticked, and says so. */
  activated: boolean;
  /** How the documents were before a packet was made that was taken back. */
  was?: LedgerData<'create'>['was'];
}

export interface ExpectedSignature {
  signature: string;
  usedBy: string;
  /** `2026-02-22 16:48`, by the Operator's clock. */
  at: string;
  specVersion: string;
  /** False of one that was taken back: it stays used. */
  inForce: boolean;
  /** The entry that says so. */
  owner: string;
}

/** With one of these a work packet goes through the gate: words alone are about what somebody else recorded. */
const STEPS: ReadonlySet<string> = new Set<LedgerKind>([
  'stub',
  'refine',
  'approve',
  'sign',
  'prepare',
  'create',
  'revise',
]);

/** Status is a fold over the ledger (DESIGN §7); nothing is expected of a work packet that has none. */
export function expectedOf(
  tree: TreeFacts,
  wpId: string,
  fold: LedgerFold,
  all: readonly LedgerFacts[],
): Expected | undefined {
  const recorded = all.filter((entry) => entry.wpId === wpId && entry.complete) as TypedEntry[];
  const moves = fold.entries.filter(({ kind }) => STEPS.has(kind) || kind === 'undo');
  const owner = (moves.at(-1) ?? fold.entries.at(-1))?.path;
  if (owner === undefined) return undefined;
  const standing = recorded.some(({ kind }) => STEPS.has(kind))
    ? standingFrom(tree, wpId, fold, recorded, owner)
    : undefined;
  return {
    wpId,
    ...(standing !== undefined && { standing }),
    signatures: signaturesOf(tree, wpId, fold, recorded),
    owner: lastOf(fold, 'create')?.path ?? owner,
  };
}

function standingFrom(
  tree: TreeFacts,
  wpId: string,
  fold: LedgerFold,
  recorded: readonly TypedEntry[],
  owner: string,
): Standing | 'gone' | undefined {
  const [stub, packet] = [tree.stubs, tree.packets].map((all) => all.find(({ stem }) => stem === wpId));
  const created = lastOf(fold, 'create');
  const revised = lastOf(fold, 'revise');
  const creations = recorded.filter((entry) => entry.kind === 'create') as TypedEntry<'create'>[];
  // Upstream made it, and keeps its documents: the ledger has not what became of it.
  if (packet !== undefined && creations.length === 0 && revised === undefined) return undefined;
  const inForce = fold.entries.some(({ kind }) => STEPS.has(kind));
  if (!inForce && stub === undefined && packet === undefined) return 'gone';
  const stubPath = stub?.path ?? `${tree.folder}/task_packets/stubs/${wpId}.md`;
  const supersedes = lastOf(fold, 'stub')?.data.revision_of;
  const was = created === undefined ? creations.at(-1)?.data.was : undefined;
  return {
    ...boardOf(tree, wpId, { created, revised, owner }),
    active: created?.data.packet ?? stubPath,
    stubPath,
    ...(supersedes !== undefined && { supersedes }),
    activated: created !== undefined,
    ...(was !== undefined && { was }),
  };
}

interface Ends {
  created: TypedEntry<'create'> | undefined;
  revised: TypedEntry<'revise'> | undefined;
  owner: string;
}

function boardOf(
  tree: TreeFacts,
  wpId: string,
  { created, revised, owner }: Ends,
): Pick<Standing, 'board' | 'boardOwner'> {
  if (revised !== undefined) return { board: 'SUPERSEDED', boardOwner: revised.path };
  if (created === undefined) {
    const stub = tree.stubs.find(({ stem }) => stem === wpId);
    // That it is never to be activated is said in the stub, by hand: there is no step for it.
    if (stub?.status !== undefined && stubState(stub) === 'SUPERSEDED')
      return { board: 'SUPERSEDED', boardOwner: `${stub.path}:${stub.status.place.line}` };
    return { board: 'STUB', boardOwner: owner };
  }
  const packet = tree.packets.find(({ stem }) => stem === wpId);
  const state = packet === undefined ? 'UNKNOWN' : packetState(packet);
  if (packet === undefined || state === 'UNKNOWN' || state === 'READY_FOR_DEV')
    return { board: 'READY_FOR_DEV', boardOwner: created.path };
  const boardOwner = `${packet.path}:${(packet.status?.place ?? linePlace(packet.path, 1)).line}`;
  const board = state === 'DONE' ? endOf(packet) : state;
  return { ...(board !== undefined && { board }), boardOwner };
}

/** `Done` says that it is over; how, its last report says. */
function endOf({ verdicts }: PacketFacts): BoardState | undefined {
  const verdict = verdicts.at(-1);
  const state = verdict === 'PASS' ? 'VALIDATED' : verdict;
  return BOARD_STATES.find((each) => each === state);
}

/** Of every entry that was ever written: one that was taken back has used its signature all the same. */
function signaturesOf(
  tree: TreeFacts,
  wpId: string,
  fold: LedgerFold,
  recorded: readonly TypedEntry[],
): ExpectedSignature[] {
  const counts = new Set(allOf(fold, 'sign').map(({ hash }) => hash));
  const undone = new Map(allOf(fold, 'undo').map(({ data, path }) => [data.undoes, path]));
  const refinement = tree.refinements.find(({ stem }) => stem === wpId);
  const version = versionIn(refinement?.pin.file?.text ?? '') ?? refinement?.pin.version ?? '';
  return recorded.flatMap((entry) => {
    if (entry.kind !== 'sign') return [];
    const { signature } = entry.data;
    const at = parseSignature(signature)?.at ?? '';
    return [
      {
        signature,
        usedBy: entry.actor,
        at: at.slice(0, 16).replace('T', ' '),
        specVersion: version,
        inForce: counts.has(entry.hash),
        owner:
          undone.get(entry.hash) ??
          (counts.has(entry.hash) ? undefined : lastOf(fold, 'settle')?.path) ??
          entry.path,
      },
    ];
  });
}
