import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { entriesChanged, type GovTree, type Layout, layoutOf, listFiles } from '../../artifacts/index.ts';
import { changesOf, comparableContents } from '../../checks/index.ts';
import { CONFIG_FILE, type Config, signersPath } from '../../config/index.ts';
import { UsageError } from '../../findings/index.ts';
import type { Base } from '../../gate/index.ts';
import { knownCommitSnapshot, mergeBase, type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import type { Call } from '../command.ts';
import { loadSettings } from '../load.ts';
import { layoutFor, loadTree } from '../tree.ts';

/** What a gate is judged by where nobody may choose his own judge: the merge base with a revision. */
export interface BaseSide extends Base {
  snapshot: Snapshot;
  config: Config;
  layout: Layout;
  /** Governed files that the change touches. */
  files: string[];
  tree(): Promise<GovTree>;
}

/** Throws a UsageError where the merge base cannot be proven here. */
export async function readBase({ root }: Call, revision: string, option: string): Promise<BaseSide> {
  // Below the root of a repository its paths would not be ours.
  if (!existsSync(join(root, '.git')))
    throw new UsageError(`${option} needs a git repository with its root at --root; ${root} is none`);
  const commit = await mergeBase(root, revision, 'HEAD');
  const [snapshot, own] = [await knownCommitSnapshot(root, commit), worktreeSnapshot(root)];
  const config = await loadSettings(snapshot);
  const { folder } = config.layout;
  const sides = await Promise.all(
    [own, snapshot].map(async (one) => ({
      snapshot: one,
      paths: await listFiles(one, { folder, findings: [] }),
    })),
  );
  const [now, before] = (await comparableContents(sides)) as [Map<string, string>, Map<string, string>];
  const { changed, moved, gone } = changesOf(now, [before]);
  // An entry that the configuration has nobody judge was recorded all the same.
  const everywhere = layoutOf(config.layout);
  const isEntry = (path: string): boolean => everywhere.kindOf(path) === 'ledger';
  return {
    commit,
    snapshot,
    config,
    layout: layoutFor(config),
    files: [...new Set([...changed, ...moved, ...gone])],
    lost: entriesChanged(now, before, { isEntry, base: 'the merge base' }),
    overruled: await overruledBy(own, snapshot, config),
    tree: () => loadTree(snapshot, config),
  };
}

/** Files of the policy that differ: nobody loosens what judges his own change. */
async function overruledBy(own: Snapshot, base: Snapshot, config: Config): Promise<string[]> {
  const { overlay } = config.codegen;
  const paths = [CONFIG_FILE, signersPath(config), ...(overlay === undefined ? [] : [overlay])];
  const has = async (snapshot: Snapshot): Promise<string[]> => {
    const found = await snapshot.list(paths.map(escaped));
    return paths.filter((path) => found.includes(path));
  };
  const sides = [
    { snapshot: own, paths: await has(own) },
    { snapshot: base, paths: await has(base) },
  ];
  const [now, before] = (await comparableContents(sides)) as [Map<string, string>, Map<string, string>];
  return paths.filter((path) => now.get(path) !== before.get(path));
}

function escaped(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
}
