import type { Finding } from '../findings/index.ts';

/** What the Coverage Matrix (7.6.1.2) says of a section. */
export type Authority = 'YES' | 'NO' | 'UNKNOWN';

export type SectionKind = 'body' | 'roadmap' | 'appendix';

/**
 * A heading of the spec with what stands under it. Lines count from 1, in the file as it is (front matter
 * included); `endLine` is the last line, inclusive.
 */
export interface SpecSection {
  /** Position in {@link SpecIndex.sections}. */
  id: number;
  /** `4.3.9.15`, `11.9.1.X`, `2.8.v02.13`; absent where the heading has none. */
  number?: string;
  /** The heading without its number and without its trailing tags. */
  title: string;
  /** `(Normative)`, `[ADD v02.137]`: as written, in order. */
  tags: string[];
  level: number;
  file: string;
  line: number;
  endLine: number;
  /** The file that `endLine` is a line of, where the section ends in a later file than it begins in. */
  endFile?: string;
  /** The line of the `md` fence that the heading stands in, when it stands in one. */
  container?: number;
  /** The line of the broken fence that hides the heading from a strict reader. */
  hiddenBy?: number;
  /** The physical parent: the section that this one stands in. */
  parent?: number;
  /**
   * The section of the nearest shorter number (of 4.3.9.12 that of 4.3.9, wherever it stands), as its number has
   * it; absent where no heading carries one.
   */
  numericParent?: number;
  /** Authority of the section's number. */
  authority: Authority;
  /** Authority of the place it stands in: its nearest physical ancestor that the matrix lists. */
  placeAuthority: Authority;
  kind: SectionKind;
  /** False where the nearest numbered physical ancestor is no prefix of the number. */
  inPlace: boolean;
}

/** A fenced block. `line` is the opening fence, `endLine` the closing one (or the last line of the file). */
export interface CodeBlock {
  file: string;
  line: number;
  endLine: number;
  /** First word of the info string, lower case; empty without one. */
  lang: string;
  /** The lines between the fences; line n of the block is line `line + 1 + n` of the file. */
  lines: string[];
  /** The section it stands in. */
  section?: SpecSection;
  container?: number;
}

/** One row of the Coverage Matrix. */
export interface MatrixRow {
  number: string;
  title: string;
  authority: 'YES' | 'NO';
  /** `P1`, `P2`: as written. */
  phases: string[];
  file: string;
  line: number;
}

export interface SpecFile {
  path: string;
  /** Of the bytes that were read, wherever they came from. */
  sha256: string;
  /** The same bytes: what refinements pin. */
  sha1: string;
  /**
   * sha256 of the text without its BOM and with LF line ends: the same on every checkout, and equal to
   * {@link sha256} where the file has neither BOM nor CRLF.
   */
  digest: string;
  /** Every line of the file, its front matter included. */
  lines: string[];
  /** The first line of its text: behind the front matter and the blank lines that follow it. */
  bodyLine: number;
  /** The file begins with a byte order mark. */
  bom?: true;
  /** The first line whose end (LF or CRLF) is not that of line 1. */
  mixedAt?: number;
}

/** The Master Spec, read once: sections with their places, blocks, and what was wrong with its fences. */
export interface SpecIndex {
  /** How it was named: a path, a folder, `REV:path`. */
  source: string;
  files: SpecFile[];
  /** `v02.137`: from the name, else the manifest, the pointer, the front matter; `unknown` otherwise. */
  version: string;
  /** Of the file's bytes; of several files, over their hashes. Tells which bytes were read. */
  sha256: string;
  /** The same with {@link SpecFile.sha1}: what refinements pin. */
  sha1: string;
  /**
   * The same over {@link SpecFile.digest}: it does not change with the BOM or the line ends that a checkout
   * gives the file. What is generated from the spec names this one.
   */
  digest: string;
  sections: SpecSection[];
  blocks: CodeBlock[];
  findings: Finding[];
  /** The Coverage Matrix (7.6.1.2); empty where the spec has none. */
  matrix?: MatrixRow[];
  /** No line is encoded twice: looked for once, and remembered with the sections. */
  sound?: boolean;
  /** Base names of the versioned spec files in the tree: an anchor that names another has SPEC_FILE_ABSENT. */
  specFiles?: string[];
}

export type AnchorStatus =
  | 'NO_NUMBER'
  | 'UNRESOLVED'
  | 'AMBIGUOUS'
  | 'TITLE_MISMATCH'
  | 'APPENDIX'
  | 'ROADMAP'
  | 'NOT_MAIN_BODY'
  | 'IN_TEMPLATE_FENCE'
  | 'HIDDEN_BY_BROKEN_FENCE'
  | 'MISPLACED'
  | 'ADDENDUM_PARAGRAPH'
  | 'UNIQUE';

export type AnchorFlag = 'STALE_VERSION' | 'SPEC_FILE_ABSENT' | 'WILDCARD' | 'RANGE' | 'TIE_BROKEN_BY_PLACE';

/** An anchor as its author wrote it, taken apart. */
export interface AnchorQuery {
  text: string;
  /** The spec file it names, and its version. */
  file?: string;
  version?: string;
  /** `FILE:35191`: a line of that file, not a section number. */
  line?: number;
  /** Dotted number as written, without `.*`. */
  number?: string;
  /** `INV-SPAWN-001`, `CX-573F`; with {@link wildcard} what stands before the `*`: `FR-EVT-SESS`. */
  identifier?: string;
  /** `N.*`: the node with its descendants; `FR-EVT-SESS-*`: every id of the group. */
  wildcard: boolean;
  /** End of an `A–B` range. */
  rangeEnd?: string;
  /** Further numbers of a `+` or `/` list. */
  others: string[];
  /** What stands behind those of them that have a title of their own. */
  otherTitles?: Record<string, string>;
  /** `Addendum: N title`: a bold paragraph, not a heading. */
  addendum: boolean;
  /** The words after the number, tags and notes stripped; a note, where it is all there is and reads like a title. */
  title: string;
  /** The title is a note in parentheses: it names the section, or a part of it. */
  noted?: true;
}

/** Where and how an anchor stands in a spec; `section` is the one that was chosen. */
export interface AnchorResult {
  query: AnchorQuery;
  status: AnchorStatus;
  flags: AnchorFlag[];
  section?: SpecSection;
  /** The identifier that the anchor names, and the definition that was chosen among its own. */
  identifier?: { id: string; definition: IdentifierDefinition };
  /** The bold paragraph that an anchor with `Addendum:` names; `section` is the one it stands in. */
  paragraph?: {
    number: string;
    title: string;
    file: string;
    line: number;
    endLine: number;
    endFile?: string;
  };
  /** Of the definition or the paragraph where one was found, of the section otherwise. */
  fingerprint?: string;
  candidates: SpecSection[];
  reasons: string[];
}

/** How a line defines an identifier: `- **INV-X-001:** …`, `#### VAL-X-001: …`, `| AP-001 | …`. */
export type IdentifierForm =
  | 'bold-bullet'
  | 'bullet'
  | 'bracket'
  | 'heading'
  | 'line'
  | 'table-cell'
  | 'doc-comment'
  | 'error'
  | 'yaml-event'
  | 'ts-event'
  | 'ts-interface'
  | 'ts-member';

/** One place that says what an identifier means. `line` to `endLine` is all that it says, both inclusive. */
export interface IdentifierDefinition {
  form: IdentifierForm;
  /** What follows the id, markup stripped; of an event its type. */
  title: string;
  file: string;
  line: number;
  endLine: number;
  /** The file that `endLine` is a line of, where a section that defines an id ends in a later file. */
  endFile?: string;
  /** Of a member of an event family: the interface that gives its fields. */
  shape?: { line: number; endLine: number };
  /** The section it stands in. */
  section?: SpecSection;
}

/** A name that the spec gives to a clause, an event, an error, a test: an anchor that no renumbering breaks. */
export interface Identifier {
  id: string;
  family: string;
  /** In the order of the spec; empty for an id that is only named. */
  definitions: IdentifierDefinition[];
  /** Every occurrence, definitions included, in the order of the spec. */
  places: { file: string; line: number }[];
}
