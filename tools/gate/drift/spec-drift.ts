import type { GovTree } from '../../artifacts/index.ts';
import type { Affected, SignatureState } from './fate.ts';
import { closedBy, rebasedFiles } from './rebase.ts';
import { packetDrift, type RebaseTarget } from './rebase-document.ts';

/** One open document, and what became of those of its pins that are not of the spec of today. */
export interface SpecDrift {
  wpId: string;
  file: string;
  affected: Affected[];
  signature?: { text: string; state: SignatureState };
}

/**
 * What the target did to the refinements, packets and stubs of work that is not over, in this order: what
 * `gov spec rebase` would say of them, and the anchors of packets, which it leaves alone. Nothing is planned that
 * could be written.
 */
export function specDrift(tree: GovTree, target: RebaseTarget): SpecDrift[] {
  const all = rebasedFiles(tree, target, new Set()).map(({ result: { document } }) => document);
  const rebased = all.map(({ kind, wpId, file, moved, left, signature }) => ({
    kind,
    drift: { wpId, file, affected: [...moved, ...left], ...(signature && { signature }) },
  }));
  const of = (wanted: string): SpecDrift[] =>
    rebased.flatMap(({ kind, drift }) => (kind === wanted ? drift : []));
  const packets = tree.packets
    .filter((packet) => closedBy(tree, packet) === undefined)
    .map((packet) => ({ wpId: packet.stem, file: packet.path, affected: packetDrift(packet, target) }));
  return [...of('refinement'), ...packets, ...of('stub')].filter(({ affected }) => affected.length > 0);
}
