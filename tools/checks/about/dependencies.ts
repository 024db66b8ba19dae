import {
  type Dependency,
  packetStage,
  stubState,
  type TreeFacts,
  takenOverBy,
  type WorkPacket,
} from '../../artifacts/index.ts';
import type { Place } from '../../findings/index.ts';

/** A work packet that another one has to wait for, and where that is first said. */
export interface Need {
  id: string;
  place: Place;
}

/**
 * The blocking dependencies of a stub that may be activated, and of an open packet those of its stub too. What a
 * finished packet waited for is history. A work packet does not wait for itself.
 */
export function needsOf(tree: TreeFacts, work: WorkPacket): readonly Need[] {
  // Most documents name nobody: for those nothing is kept.
  if (![work.packet, work.stub].some(namesSomebody)) return NOBODY;
  const known = needed.get(work);
  if (known !== undefined) return known;
  const needs = needsNow(tree, work);
  needed.set(work, needs);
  return needs;
}

const NOBODY: readonly Need[] = [];
const needed = new WeakMap<WorkPacket, readonly Need[]>();

function namesSomebody(document: { dependencies: readonly Dependency[] } | undefined): boolean {
  return document?.dependencies.some(({ wpIds }) => wpIds.length > 0) === true;
}

function needsNow(tree: TreeFacts, work: WorkPacket): Need[] {
  const { id: self, stub, packet } = work;
  const stage = packetStage(tree, work);
  const waits = stage === 'none' ? !isIdle(tree, work) : stage === 'open';
  const needs = new Map<string, Need>();
  for (const document of waits ? [packet, stub] : []) {
    for (const { blocking, wpIds } of document?.dependencies ?? []) {
      for (const { id, place } of blocking ? wpIds : []) {
        if (id !== self && !needs.has(id)) needs.set(id, { id, place });
      }
    }
  }
  return [...needs.values()];
}

function isIdle(tree: TreeFacts, work: WorkPacket): boolean {
  const { stub } = work;
  return stub === undefined || stubState(stub) === 'SUPERSEDED' || takenOverBy(tree, work) !== undefined;
}
