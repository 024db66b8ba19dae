import { events, type FrEventId } from '../../generated/index.ts';
import type { LogState, Rules } from './state.ts';

/**
 * The events that patterns stand for: ids, or beginnings and ends of ids around `*`, in the order of the registry.
 * Throws RangeError where a pattern covers none: a demand that nothing can miss would be no demand.
 */
export function coveredIds(patterns: readonly string[]): FrEventId[] {
  const ids = Object.keys(events) as FrEventId[];
  const wanted = new Set<FrEventId>();
  for (const pattern of patterns) {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    const covers = new RegExp(`^${parts.join('.*')}$`);
    const covered = ids.filter((id) => covers.test(id));
    if (covered.length === 0)
      throw new RangeError(
        `"${pattern}" covers no event id, expected one of ${ids.join(', ')}, or a part with *`,
      );
    for (const id of covered) wanted.add(id);
  }
  return ids.filter((id) => wanted.has(id));
}

/** F21: what has to occur, occurs. */
export function coverageRules({ report }: LogState, patterns: readonly string[]): Rules {
  const missing = new Set<string>(coveredIds(patterns));
  return {
    after({ fr_event_id }) {
      if (missing.size > 0) missing.delete(fr_event_id);
    },
    end() {
      for (const id of missing) report('coverage/missing', `no ${id} occurs, which is required`);
    },
  };
}
