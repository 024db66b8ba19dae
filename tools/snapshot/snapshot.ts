/**
 * The one way to read a tree (DESIGN §2): the work tree, the index, a commit, or planned edits over any
 * of them. Paths are relative to the repository root, with forward slashes.
 */
export interface Snapshot {
  /** What is read, for people and for cache keys: `worktree`, `index`, `commit:<sha>`, `planned(...)`. */
  readonly id: string;
  /** Sorted by code unit; files only (and entries that look like files but cannot be read as one). */
  list(globs: readonly string[]): Promise<string[]>;
  /** Throws {@link UnreadableFile}. */
  read(path: string): Promise<Uint8Array>;
}

export type UnreadableReason = 'missing' | 'folder' | 'denied' | 'outside' | 'failed';

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

export function unreadableText(reason: UnreadableReason): string {
  switch (reason) {
    case 'missing':
      return 'no such file';
    case 'folder':
      return 'a folder';
    case 'denied':
      return 'a file that may not be read';
    case 'outside':
      return 'a link that leads out of the repository';
    case 'failed':
      return 'a file that cannot be read';
  }
}
