import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { CONFIG_FILE, defaultConfig } from '../../config/index.ts';
import { UsageError } from '../../findings/index.ts';
import { gitCommonFolder, gitFolderAt, runGit, worktreeSnapshot } from '../../snapshot/index.ts';
import { compareVersions, SPEC_FILE, SPEC_PLACES } from '../../spec/index.ts';
import { driverSettings, driverState } from '../hooks/driver.ts';
import { planHooks } from '../hooks/install.ts';
import { bundlePath, hookPlace } from '../hooks/place.ts';
import { HOOKS, hookScript } from '../hooks/script.ts';
import { folderOf } from '../tree.ts';
import type { Facts } from './plan.ts';
import { readRecord } from './record.ts';

/** What the root holds. Throws where it is no place to begin. */
export async function look(root: string): Promise<Facts> {
  const repository = (await gitFolderAt(root)) !== undefined;
  if (!repository) await expectNoRepositoryAround(root);
  const snapshot = worktreeSnapshot(root);
  const tree = await folderOf(snapshot);
  if (tree !== defaultConfig.layout.folder) {
    throw new UsageError(
      `${CONFIG_FILE} names the governance folder ${tree}, and gov init makes .GOV; a tree that is there is adopted with gov check --baseline and gov hooks install`,
    );
  }
  const [files, specs] = await Promise.all([
    snapshot.list(['.GOV/**', '.github/workflows/*']),
    snapshot.list(SPEC_PLACES),
  ]);
  const recipes = await recipesPath(root);
  const justfile = justfileIn(root);
  const attributes = textOf(join(root, '.gitattributes'));
  return {
    name: basename(root),
    recorded: (await readRecord(root)) !== undefined,
    repository,
    files: new Set(files.filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())),
    specs: specs.filter((path) => SPEC_FILE.test(path)).sort(newestFirst),
    ...(justfile !== undefined && { justfile }),
    ...(attributes !== undefined && { attributes }),
    unignored: existsSync(join(root, 'node_modules')) && !existsSync(join(root, '.gitignore')),
    crlf: repository && (await hasCrlf(root)),
    github: existsSync(join(root, '.github')) || (repository && (await isOnGitHub(root))),
    ...(recipes !== undefined && { recipes }),
    settings: await lookForDriver(root, repository),
    hooks: await lookForHooks(root, repository),
  };
}

/** Governance is that of a whole repository, and a repository within another one would hide from it. */
async function expectNoRepositoryAround(root: string): Promise<void> {
  const around = await gitCommonFolder(root);
  if (around === undefined) return;
  const outer = basename(around) === '.git' ? dirname(around) : around;
  throw new UsageError(
    `${root} lies inside the repository ${outer}, and a tree governs a whole repository: gov init --root ${outer}`,
  );
}

async function lookForHooks(root: string, repository: boolean): Promise<Facts['hooks']> {
  const below = (path: string): string => relative(root, path).split(sep).join('/');
  if (!repository) {
    const bundle = bundlePath([root]);
    if ('why' in bundle) return bundle;
    return {
      scripts: HOOKS.map((name) => ({ path: `.git/hooks/${name}`, text: hookScript(name, bundle.path) })),
    };
  }
  try {
    const { steps, script } = planHooks(await hookPlace(root));
    const wanted = steps.filter(({ action }) => action === 'create');
    return { scripts: wanted.map(({ hook }) => ({ path: below(hook.path), text: script(hook) })) };
  } catch (error) {
    // Somebody else's hook is no reason not to govern; how the two stand together is told.
    if (error instanceof UsageError) return { why: error.message };
    throw error;
  }
}

/** Only where there is none: `gov hooks install` renews one. */
async function lookForDriver(root: string, repository: boolean): Promise<Facts['settings']> {
  const common = await gitCommonFolder(root);
  const bundle = bundlePath(common === undefined ? [root] : [root, dirname(common)]);
  if ('why' in bundle) return {};
  if (repository && (await driverState({ root, bundle })) !== 'absent') return {};
  return driverSettings(bundle.path);
}

/** Where the recipes of the installed package stand; of this very repository its own. */
async function recipesPath(root: string): Promise<string | undefined> {
  const common = await gitCommonFolder(root);
  const bundle = bundlePath(common === undefined ? [root] : [root, dirname(common)]);
  if ('why' in bundle) return undefined;
  return `${bundle.path.replace(/dist\/bin\/gov\.js$/, '')}templates/gov.just`;
}

/** `just` reads the name in any case. */
function justfileIn(root: string): Facts['justfile'] {
  for (const path of readdirSync(root).filter((name) => /^\.?justfile$/i.test(name))) {
    const text = textOf(join(root, path));
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

async function hasCrlf(root: string): Promise<boolean> {
  const listing = await runGit(root, ['ls-files', '--eol', '-z', '--', '.GOV']);
  return listing.split('\0').some((entry) => /^i\/(?:crlf|mixed)\b/.test(entry));
}

async function isOnGitHub(root: string): Promise<boolean> {
  return /^\S+\s+\S*github\.com[:/]/m.test(await runGit(root, ['remote', '-v']));
}

function newestFirst(a: string, b: string): number {
  const version = (path: string): string => /v\d+(?:\.\d+)*(?=\.md$)/i.exec(path)?.[0] ?? '';
  return compareVersions(version(b), version(a));
}

function textOf(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}
