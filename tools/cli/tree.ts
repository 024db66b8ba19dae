import { type GovTree, type Layout, layoutOf, readTree, type TreeOptions } from '../artifacts/index.ts';
import { type Config, defaultConfig } from '../config/index.ts';
import { UsageError } from '../findings/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { loadSettings } from './load.ts';

/** Where a tree keeps its documents, as its own configuration says. */
export function layoutFor({ layout, check }: Config): Layout {
  return layoutOf({ ...layout, ignore: check.ignore });
}

/** The governance folder of a snapshot; where its configuration cannot be read, the usual one. */
export async function folderOf(snapshot: Snapshot): Promise<string> {
  const { layout } = await loadSettings(snapshot).catch((error: unknown) => {
    if (error instanceof UsageError) return defaultConfig;
    throw error;
  });
  return layout.folder;
}

/** The tree in its own layout. */
export function loadTree(
  snapshot: Snapshot,
  config: Config,
  options: Omit<TreeOptions, 'layout' | 'folder'> = {},
): Promise<GovTree> {
  return readTree(snapshot, { ...options, layout: layoutFor(config) });
}
