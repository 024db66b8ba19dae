import { type GovTree, type Layout, layoutOf, readTree, type TreeOptions } from '../artifacts/index.ts';
import type { Config } from '../config/index.ts';
import type { Snapshot } from '../snapshot/index.ts';

/** Where a tree keeps its documents, as its own configuration says. */
export function layoutFor({ layout, check }: Config): Layout {
  return layoutOf({ ...layout, ignore: check.ignore });
}

/** The tree in its own layout. */
export function loadTree(
  snapshot: Snapshot,
  config: Config,
  options: Omit<TreeOptions, 'layout' | 'folder'> = {},
): Promise<GovTree> {
  return readTree(snapshot, { ...options, layout: layoutFor(config) });
}
