import { type BoardEntry, boardState, isEnded, stateOfSection } from '../artifacts/index.ts';

/** The entry of the board that says that nobody works on it any more; it need not say how that ended. */
export function endedState(entries: readonly BoardEntry[]): BoardEntry | undefined {
  return entries.find((entry) => {
    const state =
      boardState(entry) ?? (entry.token === undefined ? stateOfSection(entry.section) : undefined);
    return state !== undefined && state !== 'STUB' && isEnded(state);
  });
}
