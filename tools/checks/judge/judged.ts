import type { Layout } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { Cache } from '../../snapshot/index.ts';

export interface JudgeOptions {
  /** Absolute path of the repository. */
  root: string;
  /** The Master Spec that the caller names (`--spec`), and where it was typed. Default: the one in force. */
  spec?: string;
  cwd?: string;
  layout?: Layout;
  cache?: Cache | undefined;
  /** The overlay that the configuration names: its quotes are held against the spec. */
  overlay?: string | undefined;
}

/** How many documents of each kind a tree has. */
export type Documents = Record<
  | 'stub'
  | 'stub_metadata'
  | 'stub_identity'
  | 'packet'
  | 'refinement'
  | 'board'
  | 'registry'
  | 'audit'
  | 'gates'
  | 'validator_gates'
  | 'mailbox'
  | 'pointer'
  | 'governance_snapshot'
  | 'roles'
  | 'ledger',
  number
>;

/** A snapshot, judged. */
export interface Judged {
  /** All that is wrong, in order. */
  findings: Finding[];
  /** Every file of the tree that was listed, readable or not. */
  paths: ReadonlySet<string>;
  /** Files and folders that could not be read. */
  unread: readonly string[];
  documents: Documents;
  /** Git's id of the bytes of every text file of the tree, by path. */
  ids: ReadonlyMap<string, string>;
  spec?: SpecSummary;
}

/** What the Master Spec is, for whoever only reports it. */
export interface SpecSummary {
  file: string;
  version: string;
  sha256: string;
  sections: number;
  /** Its files: one, or its modules. */
  files: string[];
}

/** A snapshot beside those that it comes from. */
export interface JudgedChange {
  subject: Judged;
  references: Judged[];
  /** Files of the subject that are in none of the references as they are. */
  changed: ReadonlySet<string>;
}
