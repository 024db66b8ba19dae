import { type GovTree, type Layout, wpIdFrom } from '../../artifacts/index.ts';
import type { Config } from '../../config/index.ts';
import { TreeError } from '../../findings/index.ts';
import {
  type Dossier,
  type Ground,
  openDossier,
  openLibrary,
  pinsOf,
  readGround,
  type SpecLibrary,
} from '../../gate/index.ts';
import { type Snapshot, worktreeSnapshot } from '../../snapshot/index.ts';
import type { SpecIndex } from '../../spec/index.ts';
import type { Call } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';
import { layoutFor, loadTree } from '../tree.ts';
import { instantNow } from './who.ts';

/** What the gate judges by: the tree, the specs, and the repository around them. */
export interface Judging<S extends SpecIndex | undefined> {
  snapshot: Snapshot;
  config: Config;
  layout: Layout;
  tree: GovTree;
  spec: S;
  library: SpecLibrary;
  ground: Ground;
}

export type Opened = Judging<SpecIndex>;

export interface OpenOptions {
  /** The one work packet that is asked about; without it, all of them. */
  wpId?: string | undefined;
  /** A signature that is about to be used. */
  signature?: string | undefined;
  /** Whose policy counts: that of the tree itself, where no other is named. */
  policy?: { snapshot: Snapshot; config: Config; commit?: string } | undefined;
}

export function openGate(call: Call, options: OpenOptions = {}): Promise<Opened> {
  return openWith(call, options, loadCallSpec);
}

/** The same, where a tree whose spec cannot be read is to be looked at too; a spec that the call names has to be there. */
export function openLenient(call: Call): Promise<Judging<SpecIndex | undefined>> {
  return openWith(call, {}, async (...args) => {
    try {
      return await loadCallSpec(...args);
    } catch (error) {
      if (error instanceof TreeError) return undefined;
      throw error;
    }
  });
}

async function openWith<S extends SpecIndex | undefined>(
  call: Call,
  options: OpenOptions,
  load: (call: Call, snapshot: Snapshot, config: Config) => Promise<S>,
): Promise<Judging<S>> {
  const { wpId, signature } = options;
  const snapshot = worktreeSnapshot(call.root);
  // What a change would make of its configuration is read all the same: a broken one fails.
  const own = await loadSettings(snapshot);
  const policy = options.policy ?? { snapshot, config: own };
  const { config } = policy;
  const layout = layoutFor(config);
  const tree = await loadTree(snapshot, config);
  const spec = await load(call, snapshot, config);
  const pins = pinsOf(tree).filter((pin) => wpId === undefined || pin.wpId === wpId);
  const [library, ground] = await Promise.all([
    openLibrary(snapshot, call.root, pins, spec === undefined ? [] : [spec]),
    readGround({
      root: call.root,
      tree,
      layout,
      config,
      policy: policy.snapshot,
      trunk: options.policy?.commit,
      // A change is judged by the clock itself, and not by what somebody says it shows.
      now: options.policy === undefined ? instantNow() : Date.now(),
      ...(wpId !== undefined && { wpId }),
      ...(signature !== undefined && { signature }),
    }),
  ]);
  return { snapshot, config, layout, tree, spec, library, ground };
}

export function dossierOf({ tree, spec, library, ground }: Opened, wpId: string): Dossier {
  return openDossier(tree, spec, wpIdFrom(wpId), library, ground);
}
