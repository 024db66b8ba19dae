import type { SpecIndex, SpecSection } from '../model.ts';

/**
 * What became of a section. By its own text: from its heading to its first subsection, and what follows a
 * template fence inside it. A change of a subsection is told in {@link SectionChange.below}.
 */
export type Change = 'SAME' | 'MOVED' | 'CHANGED' | 'RENUMBERED' | 'GONE' | 'NEW';

export const CHANGES: readonly Change[] = ['SAME', 'MOVED', 'CHANGED', 'RENUMBERED', 'GONE', 'NEW'];

/** Lines of a file that a hunk shows: from 1, inclusive. Where it shows none, `endLine` is `line - 1`. */
export interface HunkSpan {
  file: string;
  line: number;
  endLine: number;
}

/** A changed stretch with three lines around it. */
export interface Hunk {
  from: HunkSpan;
  to: HunkSpan;
  /** Line of the new file where the first change stands, or stood. */
  at: number;
  /** Each begins with ` `, `-` or `+`; double encoding repaired, trailing blanks and blank-line runs left out. */
  lines: string[];
  removed: number;
  added: number;
  /** An obligation, a normative identifier or a line of a schema block is among what changed. */
  normative: boolean;
}

/** What became of one section. A section that is not GONE and not NEW has both sides. */
export interface SectionChange {
  change: Change;
  from?: SpecSection;
  to?: SpecSection;
  /** Its own text differs: of a renumbered section more than its number. */
  changed: boolean;
  /**
   * How many sections below it changed, came, went, or stand in another place among their siblings. An anchor
   * that means the whole section has changed when this is not 0. Always 0 for GONE and NEW.
   */
  below: number;
  hunks: Hunk[];
  /** Who has its number now, or had it before: no anchor may take the one for the other. */
  note?: string;
}

/** Two versions of a spec, section by section: in the order of the new one, what is gone where it was. */
export interface SpecDiff {
  from: SpecIndex;
  to: SpecIndex;
  sections: SectionChange[];
  counts: Record<Change, number>;
}

/** A record that a change of the spec touches. */
export interface AffectedArtifact {
  /** Path of the document. */
  artifact: string;
  wp_id?: string;
  kind: 'stub' | 'refinement' | 'packet' | 'signature';
  file: string;
  line: number;
  /** The anchor as the document writes it. */
  anchor: string;
  change: Change;
  note?: string;
}
