import { isArtifactId } from '../../kernel/index.ts';
import type { StoredEvent } from '../../recorder/index.ts';
import type { Threads } from '../data/page.ts';

/** How deep a payload is looked into: those of a later version may have any shape. */
const DEEPEST = 8;

/** Every artifact that an event or a message names, each once, those of the newest events first. */
export function artifactIds(events: readonly StoredEvent[], threads: Threads): Set<string> {
  const ids = new Set<string>();
  for (let at = events.length - 1; at >= 0; at -= 1) find(events[at]!.event.payload, ids, DEEPEST);
  for (const id of threads.artifact_ids) ids.add(id);
  return ids;
}

function find(value: unknown, ids: Set<string>, deep: number): void {
  if (typeof value === 'string') {
    if (value.length === ID_LENGTH && isArtifactId(value)) ids.add(value);
  } else if (value !== null && typeof value === 'object' && deep > 0) {
    for (const item of Object.values(value)) find(item, ids, deep - 1);
  }
}

const ID_LENGTH = 'sha256:'.length + 64;
