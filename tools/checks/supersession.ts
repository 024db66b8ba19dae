import { idOfFile, type TreeFacts, workPackets } from '../artifacts/index.ts';
import type { Place } from '../findings/index.ts';

/** That one work packet replaces another. */
export interface Supersession {
  by: string;
  of: string;
  /** Where it is said: the id that is replaced. */
  place: Place;
}

/** Every replacement that the registry's notes and the packets state. */
export function supersessions(tree: TreeFacts): Supersession[] {
  const found: Supersession[] = [];
  for (const { activePacket, parts } of tree.registry?.rows ?? []) {
    const by = idOfFile(activePacket);
    if (by === undefined) continue;
    for (const { text, place } of parts.flatMap(({ ids }) => ids)) found.push({ by, of: text, place });
  }
  for (const { id: by, packet } of workPackets(tree).values()) {
    for (const { id: of, place } of packet?.supersedes ?? []) found.push({ by, of, place });
  }
  return found;
}
