import { allOf, type LedgerFold, lastOf } from '../ledger/fold.ts';
import { type PacketState, packetState } from '../packet/packet-state.ts';
import { parseSignature } from '../signature.ts';
import { versionIn } from '../spec-pin.ts';
import type { BoardState } from '../task-board.ts';
import type { LedgerFacts } from '../tree/facts.ts';
import { type GovTree, packetOf, stubOf } from '../tree/tree.ts';

/** What the ledger of one work packet has the rendered documents say. */
export interface Expected {
  wpId: string;
  board: BoardState;
  /** The file that the registry names. */
  active: string;
  /** The stub that the packet came from, once it was made. */
  activatedFrom?: string;
  /** The id of the revision before. */
  supersedes?: string;
  signatures: ExpectedSignature[];
  /** The stub is ticked, and says that it was activated. */
  activated: boolean;
  /** The entry that says so: what a rendering that drifted is told to follow. */
  owner: string;
}

export interface ExpectedSignature {
  signature: string;
  usedBy: string;
  /** `2026-02-22 16:48`, by the Operator's clock. */
  at: string;
  specVersion: string;
  /** False of one that was taken back: it stays used. */
  inForce: boolean;
}

/** States that the packet's own status may have after it was made: its Coder and its Validator write them. */
const LATER: ReadonlySet<PacketState> = new Set([
  'READY_FOR_DEV',
  'IN_PROGRESS',
  'BLOCKED',
  'VALIDATED',
  'FAIL',
  'OUTDATED_ONLY',
]);

/** Status is a fold over the ledger (DESIGN §7); nothing is expected of a work packet that has none. */
export function expectedOf(
  tree: GovTree,
  wpId: string,
  fold: LedgerFold,
  all: readonly LedgerFacts[],
): Expected | undefined {
  const last = fold.entries.at(-1);
  if (last === undefined) return undefined;
  const created = lastOf(fold, 'create');
  const stub = stubOf(tree, wpId);
  const stubPath = stub?.path ?? `${tree.folder}/task_packets/stubs/${wpId}.md`;
  const origin = lastOf(fold, 'stub')?.data.revision_of;
  return {
    wpId,
    board:
      lastOf(fold, 'revise') !== undefined
        ? 'SUPERSEDED'
        : created === undefined
          ? 'STUB'
          : laterState(tree, wpId),
    active: created?.data.packet ?? stubPath,
    ...(created !== undefined && { activatedFrom: stubPath }),
    ...(origin !== undefined && { supersedes: origin }),
    signatures: signaturesOf(tree, wpId, fold, all),
    activated: created !== undefined,
    owner: (created ?? last).path,
  };
}

function laterState(tree: GovTree, wpId: string): BoardState {
  const packet = packetOf(tree, wpId);
  const state = packet === undefined ? 'READY_FOR_DEV' : packetState(packet);
  return LATER.has(state) ? (state as BoardState) : 'READY_FOR_DEV';
}

/** Of every entry that was ever written: one that was taken back has used its signature all the same. */
function signaturesOf(
  tree: GovTree,
  wpId: string,
  fold: LedgerFold,
  all: readonly LedgerFacts[],
): ExpectedSignature[] {
  const counts = new Set(allOf(fold, 'sign').map(({ hash }) => hash));
  const refinement = tree.refinements.find(({ stem }) => stem === wpId);
  const version = versionIn(refinement?.pin.file?.text ?? '') ?? refinement?.pin.version ?? '';
  return all
    .filter((entry) => entry.wpId === wpId && entry.complete && entry.kind === 'sign')
    .map(({ hash, data, actor }) => {
      const signature = String(data.signature);
      const at = parseSignature(signature)?.at ?? '';
      return {
        signature,
        usedBy: actor ?? '',
        at: at.slice(0, 16).replace('T', ' '),
        specVersion: version,
        inForce: counts.has(hash),
      };
    });
}
