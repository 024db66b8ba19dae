import { type GovTree, readTree } from '../../../tools/artifacts/index.ts';
import {
  type AffectedDocument,
  affectedBy,
  affectedDocuments,
  diffOf,
  openLibrary,
  pinsOf,
  planRebase,
  type RebasePlan,
  type SpecLibrary,
} from '../../../tools/gate/index.ts';
import type { Snapshot } from '../../../tools/snapshot/index.ts';
import { loadSpec, type SpecIndex } from '../../../tools/spec/index.ts';
import { type Files, memorySnapshot } from '../../artifacts/memory.ts';
import { NEW, OLD } from './demo-spec.ts';

/** A tree in memory with both versions of the spec read; it has no git. */
export async function open(files: Files, root = '/nowhere'): Promise<Opened> {
  const snapshot = memorySnapshot(files);
  const tree = await readTree(snapshot);
  const [from, to] = await Promise.all([OLD, NEW].map((spec) => loadSpec(snapshot, { root, spec })));
  const library = await openLibrary(snapshot, root, pinsOf(tree), [to!]);
  return { snapshot, tree, from: from!, to: to!, library };
}

export interface Opened {
  snapshot: Snapshot;
  tree: GovTree;
  from: SpecIndex;
  to: SpecIndex;
  library: SpecLibrary;
}

export async function documentsOf(files: Files): Promise<AffectedDocument[]> {
  const { tree, from, to, library } = await open(files);
  return affectedDocuments(tree, affectedBy(diffOf(from, to), pinsOf(tree), library));
}

export async function planOf(files: Files, only: readonly string[] = []): Promise<RebasePlan> {
  const { snapshot, tree, to, library } = await open(files);
  const target = {
    to,
    file: NEW,
    sha1: to.files[0]!.sha1,
    library,
    diffFrom: (spec: SpecIndex) => diffOf(spec, to),
  };
  return planRebase(snapshot, tree, target, new Set(only));
}
