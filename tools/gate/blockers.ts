import { hindranceOf, type TreeFacts } from '../artifacts/index.ts';
import type { Dossier } from './dossier.ts';
import type { Blocker } from './model.ts';

/** Work packets that the stub depends on and that no VALIDATED packet stands for. Each is named once. */
export function findBlockers({ tree, stub, wpId }: Dossier): Blocker[] {
  const blockers = new Map<string, Blocker>();
  for (const dependency of stub?.dependencies ?? []) {
    if (!dependency.blocking) continue;
    for (const { id, place } of dependency.wpIds) {
      if (id === wpId || blockers.has(id)) continue;
      const reason = whyBlocking(tree, id);
      if (reason === undefined) continue;
      const detail = `depends on ${id}, ${reason}`;
      blockers.set(id, { wp_id: id, detail, file: place.file, line: place.line });
    }
  }
  return [...blockers.values()];
}

function whyBlocking(tree: TreeFacts, id: string): string | undefined {
  const hindrance = hindranceOf(tree, id);
  if (hindrance?.packet === undefined) return hindrance && 'which has no packet';
  return `whose packet ${hindrance.packet.stem} is not validated (${hindrance.said})`;
}
