import { canonicalJson } from '../../text/index.ts';
import { chainHash } from './chain.ts';

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

/** A gap as it is stored: the chain goes on from its hash. */
export interface GapRecord extends Gap {
  hash: string;
}

/**
 * The hash of a gap that was left because records could not be trusted or found. It holds what the gap says and what
 * came before, so that nobody can take records out of a log and pass the hole off as damage: what follows builds on
 * another hash.
 */
export const damageHash = (before: string, { first_seq, last_seq, why, at }: Gap): string =>
  chainHash(before, last_seq, canonicalJson({ at, first_seq, last_seq, why }));

/** Gaps whose hash is a {@link damageHash}; that of others is the hash of the last record that was there. */
export const isDamage = ({ why }: Gap): boolean => why === 'quarantined' || why === 'lost';
