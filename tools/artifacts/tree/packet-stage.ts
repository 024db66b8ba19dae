import { packetState } from '../packet/packet-state.ts';
import { type BoardState, boardState, isEnded, standingOf, stateOfSection } from '../task-board.ts';
import { revisionOf } from '../wp-id.ts';
import type { PacketFacts, TreeFacts } from './facts.ts';
import { revisionsOf, type WorkPacket, workPackets } from './work-packets.ts';

/**
 * Where the packet of a work packet stands. `none`: there is no packet. `unlisted`: it is there, and neither
 * board nor registry knows it, so that nobody may take it up. `open`: to be worked on, or worked on. `done`: its
 * work has ended, well or badly. `superseded`: another one was put in its place.
 */
export type PacketStage = 'none' | 'unlisted' | 'open' | 'done' | 'superseded';

/**
 * The board decides; then the registry's row for the packet, whose cell repeats the board; then a row that says
 * it was replaced. The packet's own status comes last: a packet is not edited once it is signed, so that 41 of
 * those that upstream replaced still say "Ready for Dev" (governance-grammar 3.4). A `[STUB]` entry speaks of
 * the stub. Where two entries differ the packet is open: it is not proven that anybody is done with it.
 */
export function packetStage(tree: TreeFacts, work: WorkPacket): PacketStage {
  if (work.packet === undefined) return 'none';
  const known = stages.get(work);
  if (known !== undefined) return known;
  const stage = judge(tree, work);
  stages.set(work, stage);
  return stage;
}

/** A work packet is of one tree; a dozen rules ask for each of its thousands. */
const stages = new WeakMap<WorkPacket, PacketStage>();
const opened = new WeakMap<TreeFacts, readonly OpenPacket[]>();

/** A work packet whose packet is there. */
export type OpenPacket = WorkPacket & { packet: PacketFacts };

/** The work packets whose packet is open, in the order of their ids. */
export function openPackets(tree: TreeFacts): readonly OpenPacket[] {
  const known = opened.get(tree);
  if (known !== undefined) return known;
  const all = [...workPackets(tree).values()];
  const open = all.filter((work): work is OpenPacket => packetStage(tree, work) === 'open');
  opened.set(tree, open);
  return open;
}

function judge(tree: TreeFacts, work: WorkPacket): PacketStage {
  const { packet } = work;
  if (packet === undefined) return 'none';
  const onBoard = standingOf(work.entries).flatMap((entry) => boardState(entry) ?? []);
  const rows = work.rows.filter(({ activePacket }) => activePacket === packet.path);
  const inRegistry = rows.flatMap(({ boardSection }) => stateOfSection(boardSection?.text ?? '') ?? []);
  for (const said of [onBoard, inRegistry]) {
    const states = said.filter((state) => state !== 'STUB');
    if (states.length > 0) return stageOf(states);
  }
  if (rows.length === 0 && work.replacedBy.length > 0) return 'superseded';
  const unknown = rows.length === 0 && work.entries.length === 0 && (tree.board ?? tree.registry);
  return unknown ? 'unlisted' : ownStage(work);
}

function stageOf(states: readonly BoardState[]): PacketStage {
  if (states.every((state) => state === 'SUPERSEDED')) return 'superseded';
  return states.every(isEnded) ? 'done' : 'open';
}

function ownStage({ packet }: WorkPacket): PacketStage {
  switch (packetState(packet!)) {
    case 'SUPERSEDED':
      return 'superseded';
    case 'DONE':
    case 'VALIDATED':
    case 'FAIL':
    case 'OUTDATED_ONLY':
      return 'done';
    default:
      return 'open';
  }
}

/**
 * Whether somebody works on an open packet now, so that it holds the locks on its paths: by the board, lines
 * under Active included, or by the packet itself where the board does not know it.
 */
export function isWorkedOn({ packet, entries }: WorkPacket): boolean {
  if (packet === undefined) return false;
  if (entries.length === 0) return packetState(packet) === 'IN_PROGRESS';
  return entries.some((entry) => ['IN_PROGRESS', 'ACTIVE'].includes(boardState(entry) ?? ''));
}

/**
 * The later revision of the same base whose packet is open or done: the work of a stub goes on there, under
 * another id (governance-grammar 9: the stub of revision 1, the packet of revision 2).
 */
export function takenOverBy(tree: TreeFacts, { id, base }: WorkPacket): WorkPacket | undefined {
  return revisionsOf(tree, base).findLast((other) => {
    if (revisionOf(other.id) <= revisionOf(id)) return false;
    const stage = packetStage(tree, other);
    return stage === 'open' || stage === 'done';
  });
}
