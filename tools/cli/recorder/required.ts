import { UsageError } from '../../findings/index.ts';
import { events } from '../../generated/index.ts';
import type { Call } from '../command.ts';

/** The registered events that `--require` names, by id or as `FR-EVT-SESS-*`. */
export function requiredOf(call: Call): string[] {
  const ids = Object.keys(events);
  const wanted = new Set<string>();
  for (const given of (call.values.require ?? []).flatMap((text) => text.split(','))) {
    const [start, end, more] = given.split('*') as [string, string?, string?];
    const covered = ids.filter((id) =>
      end === undefined
        ? id === start
        : id.length >= start.length + end.length && id.startsWith(start) && id.endsWith(end),
    );
    if (covered.length === 0 || more !== undefined)
      throw new UsageError(
        `--require ${given}: covers no event (expected an id, such as ${ids.at(-1)}, or FR-EVT-SESS-*)`,
      );
    for (const id of covered) wanted.add(id);
  }
  return ids.filter((id) => wanted.has(id));
}
