import type { Kind, RenderedKind } from '../../artifacts/index.ts';
import { UsageError } from '../../findings/index.ts';
import { askGit, worktreeSnapshot } from '../../snapshot/index.ts';
import { sha256 } from '../../text/index.ts';
import { loadSettings } from '../load.ts';
import { layoutFor } from '../tree.ts';
import type { HookPlace } from './place.ts';
import { shellWord } from './script.ts';

/** The name that `.gitattributes` gives the driver. */
export const DRIVER = 'govkit';
const SECTION = `merge.${DRIVER}`;

/** The documents that it merges. */
const RENDERED: readonly RenderedKind[] = ['board', 'registry', 'audit'];

export function isRendered(kind: Kind | undefined): kind is RenderedKind {
  return RENDERED.some((each) => each === kind);
}

/** `installed`: as this version sets it. `outdated`: of another version or bundle. `edited`: somebody else set it. */
export type DriverState = 'absent' | 'installed' | 'outdated' | 'edited';

export interface DriverReport {
  state: DriverState;
  /** Documents that `.gitattributes` gives to the driver, and those of which it says nothing. */
  assigned: string[];
  unassigned: string[];
}

/**
 * The settings in the repository's own configuration. Git gives the command to sh in the root of the work tree;
 * what cannot be run must not lose a side, so that the texts are merged then as without a driver.
 */
export function driverSettings(bundle: string): Record<string, string> {
  const driver = [
    `gov=${shellWord(bundle).replaceAll('%', '%%')}`,
    '[ -f "$gov" ] || gov="$(git rev-parse --git-common-dir)/../$gov"',
    // 1 is a conflict that is told with markers; anything above it is a failure that changed nothing.
    'if [ -f "$gov" ] && command -v node > /dev/null; then node "$gov" hooks merge --marker-size=%L -- %O %A %B %P; code=$?; [ $code -gt 1 ] || exit $code; fi',
    'git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1',
  ].join('; ');
  return {
    [`${SECTION}.name`]: `rows of Task Board, registry and signature audit (govkit ${digest(driver)})`,
    [`${SECTION}.driver`]: driver,
  };
}

function digest(driver: string): string {
  return sha256(driver).slice(0, 12);
}

/** Those of the settings that are there, as they are. */
export async function settingsIn(root: string, keys: readonly string[]): Promise<Record<string, string>> {
  const found = await Promise.all(
    keys.map(
      async (key) => [key, await askGit(root, ['config', '--local', '--null', '--get', key])] as const,
    ),
  );
  return Object.fromEntries(
    found.flatMap(([key, value]) => (value === '' ? [] : [[key, value.slice(0, -1)]])),
  );
}

export async function driverState({
  root,
  bundle,
}: Pick<HookPlace, 'root' | 'bundle'>): Promise<DriverState> {
  const { [`${SECTION}.name`]: name, [`${SECTION}.driver`]: driver } = await settingsIn(root, [
    `${SECTION}.name`,
    `${SECTION}.driver`,
  ]);
  if (driver === undefined) return 'absent';
  if (/\(govkit ([0-9a-f]{12})\)$/.exec(name ?? '')?.[1] !== digest(driver)) return 'edited';
  const current = 'path' in bundle ? driverSettings(bundle.path)[`${SECTION}.driver`] : undefined;
  return driver === current ? 'installed' : 'outdated';
}

export async function driverReport(place: HookPlace): Promise<DriverReport> {
  const { root } = place;
  const [state, documents] = await Promise.all([driverState(place), renderedIn(root)]);
  const attributes = await mergeAttributes(root, documents);
  const having = (value: string): string[] => documents.filter((_, at) => attributes[at] === value);
  // Whoever gives one to another driver has chosen so.
  return { state, assigned: having(DRIVER), unassigned: having('unspecified') };
}

/** Board, registry and audit of the tree. A configuration that cannot be read is told by whoever checks. */
async function renderedIn(root: string): Promise<string[]> {
  const snapshot = worktreeSnapshot(root);
  const settings = await loadSettings(snapshot).catch((error: unknown) => {
    if (error instanceof UsageError) return undefined;
    throw error;
  });
  if (settings === undefined) return [];
  const layout = layoutFor(settings);
  const paths = await snapshot.list([`${layout.folder}/**`]);
  return paths.filter((path) => isRendered(layout.kindOf(path))).sort();
}

/** Git answers `path NUL merge NUL govkit NUL` of each, in their order. */
async function mergeAttributes(root: string, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const answer = (await askGit(root, ['check-attr', '-z', 'merge', '--', ...paths])).split('\0');
  return paths.map((_, at) => answer[at * 3 + 2] ?? '');
}

/** Sets what is not there or is of another version. Somebody else's settings stay. */
export async function installDriver(place: HookPlace): Promise<'create' | 'update' | 'keep'> {
  const state = await driverState(place);
  const { root, bundle } = place;
  if (!('path' in bundle) || state === 'installed' || state === 'edited') return 'keep';
  await setAll(root, driverSettings(bundle.path));
  return state === 'absent' ? 'create' : 'update';
}

/** Takes ours away; tells what was there. */
export async function uninstallDriver(place: HookPlace): Promise<DriverState> {
  const state = await driverState(place);
  if (state === 'installed' || state === 'outdated') await removeDriver(place.root);
  return state;
}

export async function setAll(root: string, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, value] of Object.entries(settings)) await askGit(root, ['config', '--local', key, value]);
}

export async function removeDriver(root: string): Promise<void> {
  await askGit(root, ['config', '--local', '--remove-section', SECTION]);
}
