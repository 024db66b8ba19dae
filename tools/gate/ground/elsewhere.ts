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
import { askGit, type Snapshot, worktreeSnapshot, worktreesOf } from '../../snapshot/index.ts';
import type { Elsewhere } from './ground.ts';
import type { OtherState } from './states.ts';

/** Ledger entries that other states have, and this one has not; of one work packet, where one is named. */
export async function entriesElsewhere(
  tree: GovTree,
  others: readonly OtherState[],
  layout: Layout,
  wpId?: string,
): Promise<Elsewhere<LedgerFacts>[]> {
  const here = new Set(tree.ledger.map(({ hash }) => hash));
  // The name holds the hash: what has the name and another content is no entry.
  const known = new Set(tree.ledger.map(({ path }) => path));
  const wanted = (path: string): boolean =>
    !known.has(path) &&
    layout.kindOf(path) === 'ledger' &&
    (wpId === undefined || path.split('/').at(-2) === wpId);
  const found: Elsewhere<LedgerFacts>[] = [];
  const read = unseen(others, wanted).map(async ({ state, paths }) => ({
    where: state.where,
    entries: (await treeOf(state.snapshot, paths, layout)).ledger,
  }));
  for (const { where, entries } of await Promise.all(read)) {
    for (const what of entries) {
      if (here.has(what.hash)) continue;
      here.add(what.hash);
      found.push({ where, what });
    }
  }
  return found;
}

/** Ids of the work packets that other branches and worktrees have a document or a ledger of. */
export async function idsElsewhere(root: string, layout: Layout): Promise<string[]> {
  const ids = new Set<string>();
  const note = (paths: readonly string[]): void => {
    for (const part of paths.flatMap((path) => path.split('/'))) {
      const id = part.replace(/\.md$/, '');
      if (isWpId(id)) ids.add(id);
    }
  };
  const refs = await askGit(root, ['for-each-ref', '--format=%(objectname)', 'refs/heads', 'refs/remotes']);
  for (const commit of new Set(refs.split('\n').filter(Boolean)))
    note(
      (await askGit(root, ['ls-tree', '-r', '--name-only', '-z', commit, '--', layout.folder])).split('\0'),
    );
  for (const { path, prunable } of await worktreesOf(root))
    if (!prunable) note(await worktreeSnapshot(path).list([`${layout.folder}/**`]));
  return [...ids].sort(compareText);
}

/** Uses of these signatures by other work packets than use them here. */
export async function usesElsewhere(
  tree: GovTree,
  others: readonly OtherState[],
  layout: Layout,
  signatures: ReadonlySet<string>,
): Promise<Elsewhere<SignatureUse>[]> {
  if (signatures.size === 0) return [];
  const known = signatureUses(tree);
  const keyOf = ({ signature, kind, wpIds }: SignatureUse): string => `${signature} ${kind} ${wpIds.join()}`;
  const here = new Set([...signatures].flatMap((each) => (known.get(each) ?? []).map(keyOf)));
  const found: Elsewhere<SignatureUse>[] = [];
  const names = [...signatures].sort(compareText);
  const read = unseen(others, () => true).map(async ({ state: { where, snapshot }, paths }) => ({
    where,
    uses: signatureUses(await treeOf(snapshot, await holding(snapshot, paths, names), layout)),
  }));
  for (const { where, uses } of await Promise.all(read)) {
    for (const what of names.flatMap((signature) => uses.get(signature) ?? [])) {
      if (here.has(keyOf(what))) continue;
      here.add(keyOf(what));
      found.push({ where, what });
    }
  }
  return found;
}

/** The files of each state that no state before it has in the same way; a state without one is left out. */
function unseen(
  others: readonly OtherState[],
  wanted: (path: string) => boolean,
): { state: OtherState; paths: string[] }[] {
  const looked = new Set<string>();
  return others.flatMap((state) => {
    const paths: string[] = [];
    for (const [path, blob] of state.files) {
      const file = `${path}\0${blob}`;
      if (looked.has(file) || !wanted(path)) continue;
      if (blob !== undefined) looked.add(file);
      paths.push(path);
    }
    return paths.length === 0 ? [] : [{ state, paths }];
  });
}

/** The files with one of the names in them; in JSON a letter may be written by its number. */
async function holding(
  snapshot: Snapshot,
  paths: readonly string[],
  names: readonly string[],
): Promise<string[]> {
  const held = await Promise.all(
    paths.map(async (path) => {
      const bytes = Buffer.from(await snapshot.read(path).catch(() => new Uint8Array()));
      return names.some((name) => bytes.includes(name)) || bytes.includes('\\u00');
    }),
  );
  return paths.filter((_, index) => held[index]);
}

/** Some files of a snapshot, read as a tree. */
function treeOf(snapshot: Snapshot, paths: readonly string[], layout: Layout): Promise<GovTree> {
  const some: Snapshot = { ...snapshot, list: async () => [...paths] };
  return readTree(some, { layout, globs: ['**'] });
}
