import { type BoardEntry, type BoardState, boardState, standingOf } from '../../artifacts/index.ts';

/** The one state of a work packet on the board. An entry twice proves neither; a stub's entry speaks of the stub. */
export function boardSays(entries: readonly BoardEntry[]): BoardState | undefined {
  let only: BoardState | undefined;
  for (const entry of standingOf(entries)) {
    const state = boardState(entry);
    if (state === undefined || state === 'STUB') continue;
    if (only !== undefined && state !== only) return undefined;
    only = state;
  }
  return only;
}
