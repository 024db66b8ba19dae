import type { LedgerFacts, SignatureUse } from '../../artifacts/index.ts';
import type { SignaturePolicy } from '../../config/index.ts';

/** How a file of the tree stands to HEAD; `unknown` where there is no repository to ask. */
export type CommitState = 'same' | 'differs' | 'absent' | 'unknown';

/** What became of the SSH signature of an entry. */
export type SshVerdict =
  /** `hardware`: a hardware key that somebody touched; `untouched`: one that nobody had to. */
  | { state: 'GOOD'; signer: string; key: string; hardware: boolean; untouched?: boolean }
  | { state: 'BAD' | 'UNPROVEN'; reason: string };

/** Something that another branch or worktree has. */
export interface Elsewhere<T> {
  /** `refs/heads/feat/x`, or the folder of the worktree. */
  where: string;
  what: T;
}

/**
 * What the gate has to know beside the documents: the clock, the policy in force, and what the repository around
 * them says. Asked for before anything is judged, so that judging stays a pure function.
 */
export interface Ground {
  /** Milliseconds since 1970; 0 where no clock was read, and nothing is yet to come. */
  now: number;
  policy: SignaturePolicy;
  /** The zone that typed signatures count in. */
  timeZone: string;
  committed(path: string): CommitState;
  /** Undefined where there is no repository. */
  branches: ReadonlySet<string> | undefined;
  worktrees: readonly { path: string; branch?: string }[];
  /** By hash of the entry that holds it. */
  ssh: ReadonlyMap<string, SshVerdict>;
  /** Ledger entries that other refs and worktrees have, and this tree has not. */
  entries: readonly Elsewhere<LedgerFacts>[];
  /** Uses of the signatures of this tree that other refs and worktrees have, and this tree has not. */
  uses: readonly Elsewhere<SignatureUse>[];
  /** Why not all of it is known: a shallow clone. */
  incomplete?: string;
  /** A step that was interrupted in this worktree: what it writes may be half there. */
  interrupted?: { step: string; wpId: string; next: string };
}

/** Nothing is known of the repository: what has to be shown from it is not shown. */
export function unknownGround(now: number): Ground {
  return {
    now,
    policy: 'typed',
    timeZone: 'UTC',
    committed: () => 'unknown',
    branches: undefined,
    worktrees: [],
    ssh: new Map(),
    entries: [],
    uses: [],
  };
}
