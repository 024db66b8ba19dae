import type { BoardState } from '../task-board.ts';
import type { Trio } from './match.ts';
import { type Row, type RowPart, samePart, sameParts } from './row.ts';

/** What becomes of a row: it goes, it stands with these values, or a person has to say. */
export type Decision = { is: 'gone' } | { is: 'row'; parts: readonly RowPart[] } | { is: 'conflict' };

/** How far a state is. Of two that are as far as each other nothing tells which of them holds. */
const RANKS: Readonly<Record<BoardState, number>> = {
  STUB: 0,
  READY_FOR_DEV: 1,
  ACTIVE: 2,
  IN_PROGRESS: 3,
  BLOCKED: 3,
  VALIDATED: 4,
  FAIL: 4,
  OUTDATED_ONLY: 4,
  SUPERSEDED: 5,
};

/** The same whichever side is called ours. */
export function decide([base, ours, theirs]: Trio): Decision {
  if (ours !== undefined && theirs !== undefined) return decideParts(base, ours, theirs);
  const kept = ours ?? theirs;
  if (kept === undefined) return { is: 'gone' };
  if (base === undefined) return { is: 'row', parts: kept.parts };
  // One side took it away: what the other has written in it since would be lost.
  return kept.trace === base.trace && sameParts(kept.parts, base.parts) ? { is: 'gone' } : { is: 'conflict' };
}

function decideParts(base: Row | undefined, ours: Row, theirs: Row): Decision {
  const parts = ours.parts.map((own, at) => decidePart(base?.parts[at], own, theirs.parts[at]!));
  if (parts.every((part) => part !== undefined)) return { is: 'row', parts };
  const winner = leading(parts[0], ours, theirs);
  return winner === undefined
    ? { is: 'conflict' }
    : { is: 'row', parts: parts.map((part, at) => part ?? winner.parts[at]!) };
}

/** Undefined where both changed it, and not to the same. */
function decidePart(base: RowPart | undefined, ours: RowPart, theirs: RowPart): RowPart | undefined {
  if (samePart(ours, theirs)) return ours;
  const untouched = (part: RowPart): boolean =>
    base === undefined ? part.every((value) => value === undefined || value === '') : samePart(part, base);
  if (untouched(ours)) return theirs;
  return untouched(theirs) ? ours : undefined;
}

/** The side whose state holds: the one that changed it, or of two that did the one that is further. */
function leading(state: RowPart | undefined, ours: Row, theirs: Row): Row | undefined {
  const [own, other] = [ours.state, theirs.state];
  if (own === undefined || other === undefined || own.of !== other.of) return undefined;
  if (state !== undefined) {
    if (samePart(ours.parts[0]!, theirs.parts[0]!)) return undefined;
    return samePart(state, ours.parts[0]!) ? ours : theirs;
  }
  const ahead = RANKS[own.is] - RANKS[other.is];
  if (ahead === 0) return undefined;
  return ahead > 0 ? ours : theirs;
}
