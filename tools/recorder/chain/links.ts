import { chainHash } from './chain.ts';
import { short, type TellAbout } from './faults.ts';
import type { ChainRecord } from './record.ts';

/** A record whose body and hash disagree: what comes after it tells which of the two was changed. */
interface Open {
  seq: number;
  stored: string;
  computed: string;
  /** The record before it was not believed either, so that nothing shows where the change is. */
  unlinked: boolean;
}

/** The last link of a chain. */
export interface Links {
  /** What may stand at the last number: one hash; two while it is open which is right; none where nobody knows. */
  readonly hashes: readonly string[];
  /** Takes the next record up; false if it cannot be believed. */
  follow(record: ChainRecord): boolean;
  /** Something other than a record stands there, or nothing; `by` is the link that it builds on. */
  resume(hash: string | null, by: string | null, witness: string): void;
  /** Nothing more comes. */
  settle(by: string | null, witness: string): void;
}

export function createLinks(start: string, tell: TellAbout): Links {
  let hashes: readonly string[] = [start];
  let open: Open | null = null;

  const settle = (by: string | null, witness: string): void => {
    if (!open) return;
    const { seq, stored, computed, unlinked } = open;
    open = null;
    const place = { what: 'record', seq, last_seq: seq } as const;
    if (by === computed)
      tell(
        'log/hash',
        place,
        `hash ${short(stored)} of record ${seq}, expected ${short(computed)}, which ${witness} builds on`,
      );
    else if (unlinked)
      tell(
        'log/unlinked',
        place,
        `record ${seq} after record ${seq - 1}, expected one that follows from it: nothing shows which of them was changed`,
      );
    else
      tell(
        'log/edited',
        place,
        `body of record ${seq}, expected the one that its hash ${short(stored)} was made of`,
      );
  };

  return {
    get hashes() {
      return hashes;
    },
    follow({ seq, body, hash }) {
      if (hashes.length === 0) {
        hashes = [hash]; // taken as it stands: that what came before it is missing has been told
        return true;
      }
      const [first, ...others] = hashes as [string, ...string[]];
      const computed = chainHash(first, seq, body);
      const is = (before: string): boolean => chainHash(before, seq, body) === hash;
      const by = computed === hash ? first : (others.find(is) ?? null);
      const unlinked = open !== null;
      settle(by, `record ${seq}`);
      open = by === null ? { seq, stored: hash, computed, unlinked } : null;
      hashes = by === null ? [hash, computed] : [hash];
      return by !== null;
    },
    resume(hash, by, witness) {
      settle(by, witness);
      hashes = hash === null ? [] : [hash];
    },
    settle,
  };
}
