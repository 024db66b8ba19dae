import type { PacketCard } from '../../data/governance.ts';

/** The way of a packet: the stages behind it are done, the last one means that its gate is open. */
export const STAGES = [
  { stage: 'STUB', title: 'Stub', step: 'stub' },
  { stage: 'REFINEMENT', title: 'Refined', step: 'refine' },
  { stage: 'APPROVAL', title: 'Approved', step: 'approve' },
  { stage: 'SIGNATURE', title: 'Signed', step: 'sign' },
  { stage: 'PREPARE', title: 'Prepared', step: 'prepare' },
  { stage: 'PACKET', title: 'Packet written', step: 'create' },
  { stage: 'READY', title: 'Ready', step: 'ready' },
] as const;

/** Work that is over stands behind all that is still to be decided. */
const OVER = ['done', 'superseded'];

export interface PacketGroup {
  /** As it stands in the address. */
  key: string;
  title: string;
  packets: PacketCard[];
  /** Nobody works on it any more. */
  isOver: boolean;
}

/** The stage, or where the work stands once there is work. */
export function groupKey({ stage, work }: PacketCard): string {
  return work ?? stage;
}

/**
 * Packets whose gate is open first, then by how far they have come, then work that has begun, then what is over.
 * Groups without a packet are left out.
 */
export function groupsOf(packets: readonly PacketCard[]): PacketGroup[] {
  const groups = new Map<string, PacketCard[]>();
  for (const card of packets) {
    const key = groupKey(card);
    groups.set(key, [...(groups.get(key) ?? []), card]);
  }
  const ahead = STAGES.map(({ stage }) => stage as string).reverse();
  const begun = [...groups.keys()].filter((key) => !ahead.includes(key) && !OVER.includes(key)).sort();
  return [...ahead, ...begun, ...OVER].flatMap((key) => {
    const of = groups.get(key);
    return of ? [{ key, title: titleOf(key), packets: of, isOver: OVER.includes(key) }] : [];
  });
}

function titleOf(key: string): string {
  const stage = STAGES.find(({ stage }) => stage === key);
  return stage?.title ?? key.charAt(0).toUpperCase() + key.slice(1);
}

/** Whether its gate is still to be opened or passed: no work has begun, and nothing says that none ever may. */
export const isAhead = ({ work, refusal }: PacketCard): boolean => work === null && refusal === null;

/** What a packet waits for, in few words: another packet, a person, or a step that anybody can take. */
export function waitsFor(card: PacketCard): 'a packet' | 'a person' | 'a step' | 'nothing' {
  if (card.ready || !isAhead(card)) return 'nothing';
  if (card.blockers.length > 0) return 'a packet';
  return card.items.some(({ word }) => word === 'needs you') ? 'a person' : 'a step';
}

const URGENCY = ['nothing', 'a person', 'a step', 'a packet'];

/** What is still to be decided: open gates, then what somebody can move on, the furthest first. */
export function byUrgency(packets: readonly PacketCard[]): PacketCard[] {
  const stageOf = ({ stage }: PacketCard) => STAGES.findIndex((other) => other.stage === stage);
  return packets
    .filter(isAhead)
    .sort(
      (a, b) =>
        URGENCY.indexOf(waitsFor(a)) - URGENCY.indexOf(waitsFor(b)) ||
        stageOf(b) - stageOf(a) ||
        (a.wp_id < b.wp_id ? -1 : 1),
    );
}

/** Counts by a word, in the order in which the words are met. */
export function tally<Row>(rows: readonly Row[], wordOf: (row: Row) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(wordOf(row), (counts.get(wordOf(row)) ?? 0) + 1);
  return counts;
}
