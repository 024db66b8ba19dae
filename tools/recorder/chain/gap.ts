/**
 * Why records are not in the log. `archived`: they are in an archive file. `purged`: they were let go. `quarantined`:
 * they could not be trusted when the file was opened, and are kept aside. `lost`: nobody has them. `unreadable`: the
 * record is there, and its body is no event; only readers tell of it.
 */
export type GapWhy = 'archived' | 'purged' | 'quarantined' | 'lost' | 'unreadable';

/** Records that a reader does not get, and why. */
export interface Gap {
  first_seq: number;
  last_seq: number;
  why: GapWhy;
  /** The file that holds them, of `archived`. */
  archive: string | null;
  /** RFC 3339, when they went; null = found by whoever reads. */
  at: string | null;
}
