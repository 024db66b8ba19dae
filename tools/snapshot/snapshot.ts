/**
 * The one way to read a tree (DESIGN §2): the work tree, the index, a commit, or planned edits over any
 * of them. Paths are relative to the repository root, with forward slashes.
 */
export interface Snapshot {
  /** What is read, for people and for cache keys: `worktree`, `index`, `commit:<sha>`, `planned(...)`. */
  readonly id: string;
  /**
   * Sorted by code unit; files only (and entries that look like files but cannot be read as one). Links to
   * folders are not followed. `problem` hears of every place that the globs lead into and that could not be
   * looked into: whoever must not pass having seen nothing asks for it.
   */
  list(globs: readonly string[], problem?: (problem: UnreadableFile) => void): Promise<string[]>;
  /** Throws {@link UnreadableFile}. */
  read(path: string): Promise<Uint8Array>;
  /** Git's id of the bytes at a path, where it is known without reading them. */
  idOf?(path: string): string | undefined;
}

/** What each reason is called in a message. */
const REASONS = {
  missing: 'no such file',
  folder: 'a folder',
  denied: 'a file that may not be read',
  outside: 'a link that leads out of the repository',
  special: 'something that is neither a file nor a folder',
  large: 'a file of more than 64 MB',
  unmerged: 'a merge conflict that is not resolved',
  'denied-folder': 'a folder that may not be read',
  'linked-folder': 'a link to a folder',
  dangling: 'a link that leads nowhere',
  submodule: 'a submodule, whose files are in another repository',
  failed: 'a file that cannot be read',
} as const;

export type UnreadableReason = keyof typeof REASONS;

/** No governed file is larger; whatever is was put there to exhaust the reader. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/** A governed file that cannot be read: a finding of severity error, never a crash and never silence. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
  readonly path: string;
  readonly reason: UnreadableReason;
  constructor(path: string, reason: UnreadableReason, options?: ErrorOptions) {
    super(`${path}: ${unreadableText(reason)}`, options);
    this.path = path;
    this.reason = reason;
  }
}

/** As it stands after `PATH: `. */
export function unreadableText(reason: UnreadableReason): string {
  return REASONS[reason];
}

/** As it stands after `Unexpected`, which no article follows. */
export function unreadableName(reason: UnreadableReason): string {
  return REASONS[reason].replace(/^a /, '');
}
