import { plainWord } from '../plain-word.ts';

/** What a packet may say of itself. */
export type PacketState =
  | 'READY_FOR_DEV'
  | 'IN_PROGRESS'
  | 'BLOCKED'
  | 'DONE'
  | 'VALIDATED'
  | 'FAIL'
  | 'OUTDATED_ONLY'
  | 'SUPERSEDED'
  | 'UNKNOWN';

/** Words of the same meaning; a word that is not here says nothing. */
const WORDS: Readonly<Record<string, PacketState>> = {
  READY_FOR_DEV: 'READY_FOR_DEV',
  IN_PROGRESS: 'IN_PROGRESS',
  BLOCKED: 'BLOCKED',
  DONE: 'DONE',
  VALIDATED: 'VALIDATED',
  HARD_VALIDATED: 'VALIDATED',
  FULLY_VALIDATED: 'VALIDATED',
  FAIL: 'FAIL',
  FAILED: 'FAIL',
  OUTDATED_ONLY: 'OUTDATED_ONLY',
  SUPERSEDED: 'SUPERSEDED',
};

/** States behind which nobody works on the packet any more: what was waived until its closure is waived no longer. */
const CLOSED: ReadonlySet<PacketState> = new Set([
  'DONE',
  'VALIDATED',
  'FAIL',
  'OUTDATED_ONLY',
  'SUPERSEDED',
]);

/** The packet's own status, whichever way it is spelled (governance-grammar 5.2: "done" in a note is no state). */
export function packetState(packet: { status?: { raw: string } }): PacketState {
  return stateOf(packet.status?.raw ?? '');
}

/** The state that a status says: `In-Progress`, `In Progress` and `IN_PROGRESS` are one. */
export function stateOf(status: string): PacketState {
  const word = plainWord(status);
  return Object.hasOwn(WORDS, word) ? WORDS[word]! : 'UNKNOWN';
}

export function isClosed(state: PacketState): boolean {
  return CLOSED.has(state);
}
