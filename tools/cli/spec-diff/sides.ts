import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, defaultConfig, specPointers } from '../../config/index.ts';
import { TreeError, UsageError } from '../../findings/index.ts';
import {
  baseBranch,
  commitSnapshot,
  knownCommitSnapshot,
  mergeBase,
  type Snapshot,
  UnreadableFile,
} from '../../snapshot/index.ts';
import {
  compareVersions,
  findVersion,
  isVersion,
  loadSpec,
  type SpecIndex,
  versionsAtHand,
} from '../../spec/index.ts';
import { ownCache } from '../cache.ts';
import type { Call } from '../command.ts';
import { loadCallSpec, loadSettings } from '../load.ts';

/** One of the two specs, and the tree whose configuration and overlay speak for it. */
export interface DiffSide {
  index: SpecIndex;
  home: Snapshot;
}

export interface DiffSides {
  from: DiffSide;
  to: DiffSide;
  /** Why these two, where the call does not say it. */
  compared?: string;
}

/** A and B; without B the spec in force; without A what the base branch has, else the version before. */
export async function sidesOf(call: Call, snapshot: Snapshot): Promise<DiffSides> {
  const [a, b] = call.args;
  if (a !== undefined && b !== undefined) {
    if (call.spec !== undefined) throw new UsageError('--spec stands for B, expected only one of the two');
    // One after the other: of two that are missing the first is told, whichever search ends sooner.
    return { from: await namedSpec(call, snapshot, a), to: await namedSpec(call, snapshot, b) };
  }
  const current: DiffSide = { index: await loadCallSpec(call, snapshot), home: snapshot };
  if (a !== undefined) {
    const named = await namedSpec(call, snapshot, a);
    if (named.index.source !== current.index.source) return { from: named, to: current };
    const is = call.spec === undefined ? 'the spec in force' : 'what --spec names';
    const known = await atHand(call, snapshot);
    throw new UsageError(
      `${a} is ${is}, expected another one to compare it with · versions at hand: ${known}`,
    );
  }
  const branched = call.spec === undefined ? await branchedFrom(call, current) : undefined;
  return branched ?? { from: await versionBefore(call, snapshot, current.index), to: current };
}

async function versionBefore(call: Call, snapshot: Snapshot, current: SpecIndex): Promise<DiffSide> {
  const all = await versionsAtHand(snapshot, call.root);
  const before = isVersion(current.version)
    ? all.findLast(({ version }) => compareVersions(version, current.version) < 0)
    : undefined;
  if (before)
    return { index: await loadSpec(snapshot, { root: call.root, spec: before.spec }), home: snapshot };
  throw new UsageError(
    `no spec before ${current.version} at hand, expected two to compare: gov spec diff A B, each FILE, DIR, REV, REV:PATH or a version · versions at hand: ${listed(all.map(({ version }) => version))}`,
  );
}

/** What the base branch has, where spec or overlay are others there: a difference that others made since is none. */
async function branchedFrom({ root, flags }: Call, current: DiffSide): Promise<DiffSides | undefined> {
  // Below the root of a repository its paths would not be ours.
  const branch = existsSync(join(root, '.git')) ? await baseBranch(root) : undefined;
  if (branch === undefined) return undefined;
  const base = await mergeBase(root, branch, 'HEAD').catch((error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}; or name what to compare with: gov spec diff A`, { cause: error });
  });
  const short = base.slice(0, 7);
  const from = await inForceAt(root, await knownCommitSnapshot(root, base), short);
  if (from === undefined) return undefined;
  // A gate on a branch that leaves the spec alone has nothing to judge: the version before is not its doing.
  if (
    !flags.has('check') &&
    from.index.digest === current.index.digest &&
    (await sameOverlay(from.home, current.home))
  )
    return undefined;
  return { from, to: current, compared: `the work tree against its merge base with ${branch} (${short})` };
}

/** The spec in force at a commit; undefined where it has none. */
async function inForceAt(root: string, home: Snapshot, name: string): Promise<DiffSide | undefined> {
  try {
    const { layout } = await settingsOf(home);
    const options = { root, cache: await ownCache(root), pointers: specPointers(layout) };
    const index = await loadSpec(home, options);
    return { index: { ...index, source: `${name}:${index.source}` }, home };
  } catch (error) {
    if (error instanceof TreeError) return undefined;
    throw error;
  }
}

/** An old commit may have a configuration that no longer counts as one. */
export async function settingsOf(home: Snapshot): Promise<Config> {
  return loadSettings(home).catch((error: unknown) => {
    if (error instanceof UsageError && home.id !== 'worktree') return defaultConfig;
    throw error;
  });
}

async function sameOverlay(a: Snapshot, b: Snapshot): Promise<boolean> {
  const [one, other] = await Promise.all([overlayText(a), overlayText(b)]);
  return one === other;
}

async function overlayText(home: Snapshot): Promise<string> {
  const { overlay } = (await settingsOf(home)).codegen;
  if (overlay === undefined) return '';
  try {
    return Buffer.from(await home.read(overlay))
      .toString('latin1')
      .replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof UnreadableFile) return '';
    throw error;
  }
}

async function namedSpec(call: Call, snapshot: Snapshot, text: string): Promise<DiffSide> {
  const { root, cwd } = call;
  if (isVersion(text)) {
    const found = await findVersion(snapshot, root, text);
    if (found) return { index: await loadSpec(snapshot, { root, spec: found.spec }), home: snapshot };
  }
  const isThere = [cwd, root].some((folder) => existsSync(resolve(folder, text)));
  const commit = isThere || text.includes(':') ? undefined : await commitOf(root, text);
  if (commit) {
    const found = await inForceAt(root, commit, text);
    if (found) return found;
    throw new UsageError(
      `${text}: no spec in force at this revision, expected a SPEC_CURRENT.md that names one`,
    );
  }
  if (isVersion(text))
    throw new UsageError(
      `no spec ${text} at hand, expected FILE, DIR, REV, REV:PATH or a version · versions at hand: ${await atHand(call, snapshot)}`,
    );
  try {
    return { index: await loadSpec(snapshot, { root, cwd, spec: text }), home: snapshot };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const why = error.message
      .replace(/^--spec:? /, '')
      .replace(
        'no such file, expected FILE, DIR, REV:PATH',
        'no such file or revision, expected FILE, DIR, REV, REV:PATH',
      );
    throw new UsageError(`${why} · versions at hand: ${await atHand(call, snapshot)}`, { cause: error });
  }
}

async function commitOf(root: string, text: string): Promise<Snapshot | undefined> {
  if (!existsSync(join(root, '.git'))) return undefined;
  try {
    return await commitSnapshot(root, text);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

async function atHand({ root }: Call, snapshot: Snapshot): Promise<string> {
  return listed((await versionsAtHand(snapshot, root)).map(({ version }) => version));
}

function listed(versions: readonly string[]): string {
  if (versions.length === 0) return 'none';
  const shown = versions.slice(-6).join(', ');
  return versions.length > 6 ? `…, ${shown}: ${versions.length} in all` : shown;
}
