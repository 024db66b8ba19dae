import {
  boardState,
  type GovTree,
  isEnded,
  isWorkedOn,
  type PacketStage,
  packetOf,
  packetStage,
  standingOf,
  stubOf,
  type WorkPacket,
  workPackets,
} from '../../artifacts/index.ts';
import { compareText } from '../../findings/index.ts';
import { stateWord, type WpItem, type WpStatus } from '../../gate/index.ts';
import type { CardItem, PacketCard, Place } from '../data/governance.ts';
import { titleOf } from './title.ts';

/**
 * A card for every work packet that the gate knows, and for those that have only a refinement or a line on the
 * board: somebody who looks for one of these finds out what is missing. By id.
 */
export function packetCards(tree: GovTree, statuses: readonly WpStatus[]): PacketCard[] {
  const known = workPackets(tree);
  const judged = new Set(statuses.map(({ wp_id }) => wp_id));
  const cards = statuses.map((status) => cardOf(tree, status, known.get(status.wp_id)));
  for (const work of known.values())
    if (!judged.has(work.id) && isBare(work)) cards.push(bareCard(tree, work));
  return cards.sort((a, b) => compareText(a.wp_id, b.wp_id));
}

function cardOf(tree: GovTree, status: WpStatus, work: WorkPacket | undefined): PacketCard {
  const { wp_id, stage, ready, items, blockers, waived, refusal, notes, next } = status;
  return {
    wp_id,
    title: titleOf([stubOf(tree, wp_id), packetOf(tree, wp_id)]),
    stage,
    work: work === undefined ? null : workWord(packetStage(tree, work), work),
    ready,
    ...documentsOf(work),
    items: items.map(cardItem),
    blockers: blockers.map((each) => ({ ...each })),
    waived: waived.map((each) => ({ ...each })),
    refusal: refusal ?? null,
    notes: [...notes],
    next,
  };
}

function isBare({ stub, packet, refinement, entries }: WorkPacket): boolean {
  return stub === undefined && packet === undefined && (refinement !== undefined || entries.length > 0);
}

/** The gate has no judgement of it: there is nothing that could be activated. */
function bareCard(tree: GovTree, work: WorkPacket): PacketCard {
  const documents = documentsOf(work);
  const who = work.refinement === undefined ? 'the Task Board' : 'its refinement';
  const states = work.entries.flatMap((entry) => boardState(entry) ?? []);
  const over = states.length > 0 && states.every(isEnded) && !states.includes('STUB');
  return {
    wp_id: work.id,
    title: '',
    stage: work.refinement === undefined ? 'STUB' : 'REFINEMENT',
    work: over ? (states.every((state) => state === 'SUPERSEDED') ? 'superseded' : 'done') : null,
    ready: false,
    ...documents,
    items: [],
    blockers: [],
    waived: [],
    refusal: null,
    notes: [`it has neither a stub nor a packet under ${tree.folder}: only ${who} names it`],
    next: null,
  };
}

function documentsOf(
  work: WorkPacket | undefined,
): Pick<PacketCard, 'stub' | 'refinement' | 'packet' | 'board'> {
  const entry = work && standingOf(work.entries)[0];
  return {
    stub: begin(work?.stub),
    refinement: begin(work?.refinement),
    packet: begin(work?.packet),
    board:
      entry === undefined
        ? null
        : {
            file: entry.place.file,
            line: entry.place.line,
            state: boardState(entry) ?? entry.token ?? 'no state',
          },
  };
}

function begin(document: { path: string } | undefined): Place | null {
  return document === undefined ? null : { file: document.path, line: 1 };
}

/** A packet that nobody has taken up yet still stands before its gate: null. */
function workWord(stage: PacketStage, work: WorkPacket): string | null {
  if (stage === 'none') return null;
  if (stage !== 'open') return stage;
  if (isWorkedOn(work)) return 'in progress';
  return work.entries.some((entry) => boardState(entry) === 'BLOCKED') ? 'blocked' : null;
}

function cardItem(item: WpItem): CardItem {
  const { index, intent, text, state, evidence, next = null } = item;
  return {
    index,
    intent,
    text,
    state,
    word: stateWord(item),
    evidence: evidence.map(({ kind, file = null, line = null, detail }) => ({ kind, file, line, detail })),
    next,
  };
}
