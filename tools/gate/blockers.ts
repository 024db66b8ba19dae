import { allOf, hindranceOf, type TreeFacts, type TypedEntry } from '../artifacts/index.ts';
import type { Dossier } from './dossier.ts';
import type { Blocker, Waiver } from './model.ts';

/** What must be VALIDATED first: blockers, and those that the Operator has waived until a day is over. */
export interface Hindrances {
  blockers: Blocker[];
  waived: Waiver[];
}

/** Work packets that the stub depends on and that no VALIDATED packet stands for. Each is named once. */
export function findBlockers(dossier: Dossier): Hindrances {
  const { tree, stub, wpId } = dossier;
  const found = new Map<string, Blocker>();
  for (const dependency of stub?.dependencies ?? []) {
    if (!dependency.blocking) continue;
    for (const { id, place } of dependency.wpIds) {
      if (id === wpId || found.has(id)) continue;
      const reason = whyBlocking(tree, id);
      if (reason === undefined) continue;
      const detail = `depends on ${id}, ${reason}`;
      found.set(id, { wp_id: id, detail, file: place.file, line: place.line });
    }
  }
  const hindrances: Hindrances = { blockers: [], waived: [] };
  for (const blocker of found.values()) {
    const waiver = waiverOf(dossier, blocker.wp_id);
    if (waiver !== undefined && !isOver(waiver.data.until, dossier)) {
      const { actor, data, path } = waiver;
      hindrances.waived.push({
        wp_id: blocker.wp_id,
        detail: `waived by ${actor} until ${data.until}: ${data.reason}`,
        file: path,
        line: 1,
      });
    } else if (waiver === undefined) hindrances.blockers.push(blocker);
    else {
      const detail = `${blocker.detail}; the waiver of ${waiver.actor} ended with ${waiver.data.until}`;
      hindrances.blockers.push({ ...blocker, detail });
    }
  }
  return hindrances;
}

/** The last one: a later waiver may have another end. */
function waiverOf({ fold }: Dossier, blocker: string): TypedEntry<'waive'> | undefined {
  return allOf(fold, 'waive').findLast(({ data }) => data.blocker === blocker);
}

/** A waiver holds to the end of its last day, by the clock of the zone that signatures count in. */
function isOver(until: string, { ground }: Dossier): boolean {
  return dayIn(ground.now, ground.timeZone) > until;
}

/** `2026-11-30`: the day that a clock of the zone shows. */
export function dayIn(instant: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant);
}

function whyBlocking(tree: TreeFacts, id: string): string | undefined {
  const hindrance = hindranceOf(tree, id);
  if (hindrance?.packet === undefined) return hindrance && 'which has no packet';
  return `whose packet ${hindrance.packet.stem} is not validated (${hindrance.said})`;
}
