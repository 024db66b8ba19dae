import { idOfFile, type TreeFacts, workPackets } from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';

/** That one work packet replaces another. */
export interface Supersession {
  by: string;
  of: string;
  /** Where it is said: the id that is replaced. */
  place: Place;
}

const stated = new WeakMap<TreeFacts, readonly Supersession[]>();

/** Every replacement that the registry's notes and the packets state. */
export function supersessions(tree: TreeFacts): readonly Supersession[] {
  const known = stated.get(tree);
  if (known !== undefined) return known;
  const found: Supersession[] = [];
  for (const { activePacket, parts } of tree.registry?.rows ?? []) {
    const by = idOfFile(activePacket);
    if (by === undefined) continue;
    for (const { text, place } of parts.flatMap(({ ids }) => ids)) found.push({ by, of: text, place });
  }
  for (const { id: by, packet } of workPackets(tree).values()) {
    for (const { id: of, place } of packet?.supersedes ?? []) found.push({ by, of, place });
  }
  stated.set(tree, found);
  return found;
}
