import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import {
  type GovTree,
  isDated,
  type Layout,
  parseSignature,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { type Config, signersPath } from '../../config/index.ts';
import { askGit, GitError, type Snapshot, UnreadableFile, worktreesOf } from '../../snapshot/index.ts';
import { entriesElsewhere, usesElsewhere } from './elsewhere.ts';
import { rootCommits } from './first-commit.ts';
import { type Ground, type SshVerdict, unknownGround } from './ground.ts';
import { commitState, headState } from './head.ts';
import { interruptedStep } from './interrupted.ts';
import { sshVerify } from './ssh.ts';
import { otherStates } from './states.ts';

export interface GroundOptions {
  root: string;
  tree: GovTree;
  layout: Layout;
  /** The policy in force: of the base, where a change is judged. */
  config: Config;
  /** Where the signers are read from: the same. */
  policy: Snapshot;
  now: number;
  /** The commit whose history says which repository this is: the base, where a change is judged. Default: HEAD. */
  trunk?: string | undefined;
  /** The one work packet that is asked about. */
  wpId?: string;
  /** A signature that is about to be used. */
  signature?: string;
}

/** Asks the repository around a tree what the gate has to know of it. Without one, little is known. */
export async function readGround(options: GroundOptions): Promise<Ground> {
  const { root, tree, layout, config, now } = options;
  const ground: Ground = {
    ...unknownGround(now),
    policy: config.gate.signature,
    timeZone: config.gate.time_zone,
  };
  let own: string;
  try {
    own = await realpath((await askGit(root, ['rev-parse', '--show-toplevel'])).trim());
    // A tree below the root of a repository is not what its commits are about.
    if (own !== (await realpath(root))) return ground;
  } catch (error) {
    if (error instanceof GitError) return ground;
    throw error;
  }
  const [worktrees, head, refs, shallow, interrupted] = await Promise.all([
    worktreesOf(root),
    headState(root, layout.folder),
    askGit(root, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/remotes']),
    askGit(root, ['rev-parse', '--is-shallow-repository']).then((answer) => answer.trim() === 'true'),
    interruptedStep(root),
  ]);
  const { states, unread } = await otherStates({ root, layout, worktrees, own, head });
  const incomplete = [
    ...(shallow ? ['this clone is shallow (git fetch --unshallow)'] : []),
    ...unread.map((where) => `git does not say what was changed in the worktree ${where}`),
  ].join('; ');
  return {
    ...ground,
    committed: (path) => commitState(head, path),
    branches: branchNames(refs),
    worktrees: worktrees.map(({ path, branch }) => ({
      path: relative(own, path).split(sep).join('/'),
      ...(branch !== undefined && { branch }),
    })),
    ssh: await sshVerdicts(options, shallow),
    entries: await entriesElsewhere(tree, states, layout, options.wpId),
    uses: await usesElsewhere(tree, states, layout, signaturesOf(options)),
    ...(incomplete !== '' && { incomplete }),
    ...(interrupted && { interrupted }),
  };
}

/** A branch that only the remote has is there all the same. */
function branchNames(refs: string): Set<string> {
  return new Set(
    refs.split('\n').flatMap((ref) => {
      const [, local] = /^refs\/heads\/(.+)$/.exec(ref) ?? [];
      const [, remote] = /^refs\/remotes\/[^/]+\/(.+)$/.exec(ref) ?? [];
      // Of a remote, HEAD only points to one of its branches.
      return local ?? (remote === 'HEAD' ? undefined : remote) ?? [];
    }),
  );
}

/** The signatures that are asked about. */
function signaturesOf({ tree, wpId, signature }: GroundOptions): Set<string> {
  const found = new Set(signature === undefined ? [] : [signature]);
  const mine = (id: string): boolean => wpId === undefined || id === wpId;
  for (const { stem, signature: field } of [...tree.refinements, ...tree.packets])
    if (field !== undefined && mine(stem) && isDated(field.value)) found.add(field.value);
  for (const { wpId: id, signature: text } of tree.gates?.events ?? [])
    if (text !== undefined && mine(id) && isDated(text)) found.add(text);
  for (const { wpId: id, data } of tree.ledger)
    if (typeof data.signature === 'string' && mine(id)) found.add(data.signature);
  return found;
}

async function sshVerdicts(
  { root, tree, config, policy, wpId, trunk }: GroundOptions,
  shallow: boolean,
): Promise<Map<string, SshVerdict>> {
  const verdicts = new Map<string, SshVerdict>();
  const signed = tree.ledger.filter(
    (entry) => entry.complete && entry.kind === 'sign' && (wpId === undefined || entry.wpId === wpId),
  ) as unknown as TypedEntry<'sign'>[];
  const bearing = signed.flatMap(({ data: { ssh, ...data }, ...entry }) =>
    ssh === undefined ? [] : { ...entry, data, ssh },
  );
  if (bearing.length === 0) return verdicts;
  const [signers, firsts] = await Promise.all([
    textOf(policy, signersPath(config)),
    // A commit that is merely here may have been fetched from the repository that the signature is taken from.
    rootCommits(root, trunk),
  ]);
  for (const { hash, wpId: id, parents, data, ssh } of bearing) {
    const { repository, signature } = ssh;
    if (!firsts.includes(repository)) {
      verdicts.set(hash, foreign(repository, shallow, firsts.length === 0));
      continue;
    }
    const statement = { repository, wp_id: id, signature: data.signature, digest: data.digest, parents };
    const signer = parseSignature(data.signature)?.user ?? '';
    verdicts.set(hash, await sshVerify(statement, signature, signer, signers));
  }
  return verdicts;
}

function foreign(repository: string, shallow: boolean, unborn: boolean): SshVerdict {
  if (shallow)
    return {
      state: 'UNPROVEN',
      reason: 'the first commit of this repository is not here: the clone is shallow',
    };
  if (unborn) return { state: 'UNPROVEN', reason: 'this branch has no commit yet' };
  return { state: 'BAD', reason: `it was given in another repository (${repository.slice(0, 12)})` };
}

async function textOf(snapshot: Snapshot, path: string): Promise<string | undefined> {
  try {
    return Buffer.from(await snapshot.read(path)).toString('utf8');
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
