import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import {
  type GovTree,
  isWpId,
  type Layout,
  type LedgerFacts,
  readTree,
  type SignatureUse,
  signatureUses,
} from '../../artifacts/index.ts';
import { compareText } from '../../findings/index.ts';
import {
  askGit,
  commitSnapshot,
  gitCommonFolder,
  type Snapshot,
  type Worktree,
  worktreeSnapshot,
  worktreesOf,
} from '../../snapshot/index.ts';
import type { Elsewhere } from './ground.ts';

/** Another state of the governance tree: of a branch, or on the disk of another worktree. */
export interface OtherTree {
  where: string;
  snapshot(): Promise<Snapshot>;
}

interface Options {
  root: string;
  layout: Layout;
  worktrees: readonly Worktree[];
  /** The worktree that is asked in. */
  own: string;
}

/** Every state of the governance folder that this one is not: one for each that branches and worktrees have. */
export async function otherTrees({ root, layout, worktrees, own }: Options): Promise<OtherTree[]> {
  const listing = await askGit(root, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    'refs/heads',
    'refs/remotes',
  ]);
  const refs = listing.split('\n').flatMap((line) => {
    const [commit, ...name] = line.split(' ');
    return commit === '' || commit === undefined ? [] : [{ commit, name: name.join(' ') }];
  });
  const seen = new Set<string>();
  const trees: OtherTree[] = [];
  const states = await Promise.all(
    refs.map(async ({ commit }) =>
      (await askGit(root, ['rev-parse', '--verify', '--quiet', `${commit}:${layout.folder}`])).trim(),
    ),
  );
  const head = (await askGit(root, ['rev-parse', '--verify', '--quiet', `HEAD:${layout.folder}`])).trim();
  if (head !== '') seen.add(head);
  for (const [index, { commit, name }] of refs.entries()) {
    const state = states[index]!;
    if (state === '' || seen.has(state)) continue;
    seen.add(state);
    trees.push({ where: name, snapshot: () => commitSnapshot(root, commit) });
  }
  for (const { path, prunable } of worktrees) {
    if (path === own || prunable) continue;
    const where = relative(own, path).split(sep).join('/');
    trees.push({ where, snapshot: async () => worktreeSnapshot(path) });
  }
  return trees;
}

/** Ledger entries that other trees have, and this one has not; of one work packet, where one is named. */
export async function entriesElsewhere(
  tree: GovTree,
  others: readonly OtherTree[],
  layout: Layout,
  wpId?: string,
): Promise<Elsewhere<LedgerFacts>[]> {
  const here = new Set(tree.ledger.map(({ hash }) => hash));
  const found: Elsewhere<LedgerFacts>[] = [];
  for (const { where, snapshot } of others) {
    const globs = [`ledger/${wpId ?? '*'}/*.json`];
    const other = await readTree(await snapshot(), { layout, globs });
    for (const what of other.ledger) {
      if (here.has(what.hash)) continue;
      here.add(what.hash);
      found.push({ where, what });
    }
  }
  return found;
}

/** Ids of the work packets that other branches and worktrees have a document or a ledger of. */
export async function idsElsewhere(root: string, layout: Layout): Promise<string[]> {
  if ((await gitCommonFolder(root)) === undefined) return [];
  const own = await realpath((await askGit(root, ['rev-parse', '--show-toplevel'])).trim());
  const others = await otherTrees({ root, layout, worktrees: await worktreesOf(root), own });
  const ids = new Set<string>();
  for (const { snapshot } of others) {
    const paths = await (await snapshot()).list([`${layout.folder}/**`]);
    for (const path of paths)
      for (const part of path.split('/')) {
        const id = part.replace(/\.md$/, '');
        if (isWpId(id)) ids.add(id);
      }
  }
  return [...ids].sort(compareText);
}

/** Where a signature may stand; nothing else of another tree is read for it. */
const BEARERS = [
  'ledger/*/*.json',
  'refinements/*.md',
  'task_packets/**/*.md',
  'roles_shared/**/*.md',
  'roles/**/*.json',
];

/** Uses of these signatures by other work packets than use them here. */
export async function usesElsewhere(
  tree: GovTree,
  others: readonly OtherTree[],
  layout: Layout,
  signatures: ReadonlySet<string>,
): Promise<Elsewhere<SignatureUse>[]> {
  if (signatures.size === 0) return [];
  const known = signatureUses(tree);
  const keyOf = ({ signature, kind, wpIds }: SignatureUse): string => `${signature} ${kind} ${wpIds.join()}`;
  const here = new Set([...signatures].flatMap((each) => (known.get(each) ?? []).map(keyOf)));
  const found: Elsewhere<SignatureUse>[] = [];
  for (const { where, snapshot } of others) {
    const other = signatureUses(await readTree(await snapshot(), { layout, globs: BEARERS }));
    for (const signature of [...signatures].sort(compareText)) {
      for (const what of other.get(signature) ?? []) {
        if (here.has(keyOf(what))) continue;
        here.add(keyOf(what));
        found.push({ where, what });
      }
    }
  }
  return found;
}
