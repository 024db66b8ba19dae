import type { TextFile } from '../../text/index.ts';
import type { BoardState } from '../task-board.ts';

/** The documents that are renderings: each a sequence of rows in some prose. */
export type RenderedKind = 'board' | 'registry' | 'audit';

/** Values that only make sense together: both of a state and its section, or one cell. */
export type RowPart = readonly (string | undefined)[];

/** A row as merging sees it. */
export interface Row {
  /** What the row is about. Two rows of one key are duplicates, and both stay. */
  key: string;
  /** Its values. The first part is the one that `state` belongs to, where there is one. */
  parts: readonly RowPart[];
  /** The one name that a section has on all sides; empty where a document has none. */
  section: string;
  line: number;
  /** The text with all that belongs to it, runs of blanks as one: what no part tells has changed where this has. */
  trace: string;
  /** How far its work packet is, and which packet that is: states of two packets cannot be compared. */
  state?: { of: string; is: BoardState };
}

/** A row as it is to be printed into one of the documents. */
export interface RowDraft {
  key: string;
  parts: readonly RowPart[];
  section: string;
  /** Of that document, where it has the row already. */
  line?: number;
}

/** One of the documents that are merged, read. */
export interface Sheet {
  file: TextFile;
  rows: readonly Row[];
  /** Whether a row can stand in a section of that name here. */
  holds(section: string): boolean;
  /** With these rows, those of a section in the given order. Throws Unprintable. */
  print(drafts: readonly RowDraft[]): string;
  /** The same document with another text. */
  again(file: TextFile): Sheet;
}

export type Sides<T> = readonly [base: T, ours: T, theirs: T];

export function samePart(a: RowPart, b: RowPart): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

export function sameParts(a: readonly RowPart[], b: readonly RowPart[]): boolean {
  return a.length === b.length && a.every((part, at) => samePart(part, b[at]!));
}

/** Two rows of the same are one text. */
export function identityOf({ key, parts }: Pick<Row, 'key' | 'parts'>): string {
  return JSON.stringify([key, parts.map((part) => part.map((value) => value ?? null))]);
}

export function traceOf(text: string): string {
  return text.trim().replace(/[ \t]+/g, ' ');
}
