import {
  entriesOf,
  foldLedger,
  type GovTree,
  idOfFile,
  type Layout,
  lastOf,
  packetOf,
} from '../artifacts/index.ts';
import { compareText, type Finding } from '../findings/index.ts';
import { endedState } from './ended.ts';
import type { Ground } from './ground/ground.ts';
import type { WpStatus } from './model.ts';
import { nextStep } from './next.ts';

/** The protected commit that a change is judged by. */
export interface Base {
  commit: string;
  /** Files of the policy that the change has otherwise: those of the base count. */
  overruled: readonly string[];
  /** Entries of the ledger that the base has, and that are gone or say something else. */
  lost: readonly Finding[];
}

/**
 * A status as a protected base lets it stand (DESIGN §7 "What is claimed"): an entry that was taken away may have
 * been the one that closed the gate, and what this clone cannot show is not taken for granted.
 */
export function againstBase(status: WpStatus, { commit, overruled, lost }: Base, ground: Ground): WpStatus {
  const { incomplete } = ground;
  const unproven =
    incomplete === undefined
      ? []
      : [
          `cannot prove that its signature serves nothing else, and was given in this repository: ${incomplete}`,
        ];
  const ready = status.ready && lost.length === 0 && unproven.length === 0;
  const mending = [
    ...lost.map(({ place }) => nextStep.restore(commit, place.file)),
    ...(unproven.length > 0 ? [nextStep.unshallow()] : []),
  ];
  return {
    ...status,
    ready,
    ...(status.stage === 'READY' && !ready && { stage: 'PACKET' as const }),
    base: { commit, overruled: [...overruled] },
    unproven,
    findings: [...lost],
    next: mending[0] ?? status.next,
  };
}

/** The work packets that a change touches: by a document, an entry of the ledger, a line of board or registry. */
export function touchedPackets(
  tree: GovTree,
  before: GovTree,
  { files, layout }: { files: Iterable<string>; layout: Layout },
): string[] {
  const found = new Set<string>();
  for (const path of files) {
    const kind = layout.kindOf(path);
    const id =
      kind === 'ledger'
        ? /\/([^/]+)\/[^/]+$/.exec(path)?.[1]
        : kind === 'stub' || kind === 'packet' || kind === 'refinement'
          ? idOfFile(path)
          : undefined;
    if (id !== undefined) found.add(id);
  }
  const [now, then] = [linesOf(tree), linesOf(before)];
  for (const id of [...now.keys(), ...then.keys()]) if (now.get(id) !== then.get(id)) found.add(id);
  return [...found].sort(compareText);
}

/** What board and registry say of each work packet, as text. */
function linesOf({ board, registry }: GovTree): Map<string, string> {
  const lines = new Map<string, string>();
  const add = (id: string, line: string): void => {
    lines.set(id, `${lines.get(id) ?? ''}${line}\n`);
  };
  for (const { wpId, token, section } of board?.entries ?? []) add(wpId, `${token ?? ''} ${section}`);
  for (const { activePacket } of registry?.rows ?? []) {
    const id = idOfFile(activePacket);
    if (id !== undefined) add(id, activePacket);
  }
  return lines;
}

/**
 * Why a change fails while this gate is closed: it brings the packet, or touches one that the ledger opened. A stub
 * on its way, a packet whose work had ended in the base, one that goes on as another, and one that upstream made
 * before there was a ledger are told, and fail nobody.
 */
export function demandOf(tree: GovTree, before: GovTree, wpId: string): string | undefined {
  const had = packetOf(before, wpId) !== undefined;
  if (!had) return packetOf(tree, wpId) === undefined ? undefined : 'the change brings its packet';
  if (entriesEnded(before, wpId)) return undefined;
  const own = tree.ledger.filter((entry) => entry.wpId === wpId);
  if (lastOf(foldLedger(own), 'revise') !== undefined) return undefined;
  const recorded = [...own, ...before.ledger].some((entry) => entry.wpId === wpId);
  return recorded ? 'the change touches a packet that the ledger opened' : undefined;
}

function entriesEnded({ board }: GovTree, wpId: string): boolean {
  return board !== undefined && endedState(entriesOf(board, wpId)) !== undefined;
}
