import type { Place } from '../../findings/index.ts';

/** A rendering that says something else than the ledger. */
export interface Drift {
  surface: 'board' | 'registry' | 'audit' | 'stub';
  wpId: string;
  place: Place;
  /** What stands there, and what the ledger has it say. */
  found: string;
  expected: string;
  /** The entry of the ledger that owns the truth, or the line of the packet's own status. */
  owner: string;
}

/** What cannot be rendered, since the document has no place for it. */
export interface Unrendered {
  place: Place;
  message: string;
}

/** What is found of one document, while it is decided what it is to say. */
export interface Told {
  drift: Drift[];
  missing: Unrendered[];
}
