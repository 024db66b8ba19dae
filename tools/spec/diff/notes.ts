import type { Changes, Compared } from './classify.ts';
import type { Passage } from './passages.ts';

/**
 * A number that another clause has now is the trap of every anchor: the clause that lost it and the one that
 * got it both say so.
 */
export function addNotes({ a, b }: Compared, changes: Changes): void {
  const takers = byNumber(b);
  const losers = byNumber(a);
  for (const [number, passages] of losers) {
    const taker = takers.get(number)?.[0];
    if (!taker) continue;
    for (const passage of passages) {
      changes.get(passage)!.note = `${number} is now "${taker.section.title}"`;
    }
  }
  for (const [number, passages] of takers) {
    const loser = losers.get(number)?.[0];
    if (!loser) continue;
    const now = loser.partner?.section.number;
    for (const passage of passages) {
      if (passage.partner) continue; // renumbered: what it left behind is told
      changes.get(passage)!.note =
        `${number} was "${loser.section.title}"${now === undefined ? '' : `, which is ${now} now`}`;
    }
  }
}

/** Numbered passages whose other side has not their number. */
function byNumber(passages: readonly Passage[]): Map<string, Passage[]> {
  const found = new Map<string, Passage[]>();
  for (const passage of passages) {
    const { number } = passage.section;
    if (number === undefined || passage.partner?.section.number === number) continue;
    const same = found.get(number);
    if (same) same.push(passage);
    else found.set(number, [passage]);
  }
  return found;
}
