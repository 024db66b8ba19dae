import type { Cursor } from './cursor.ts';

export type Within = 'item' | 'quote' | 'note';

/** A block that holds blocks, open at the current line. */
export interface Container {
  kind: Within;
  /** Columns that a line must be indented by to stay in it. */
  indent: number;
  /** Began with an empty line: a second one ends it. */
  empty: boolean;
  /** Of a list item, where somebody asked for them. */
  item?: WalkedItem;
}

/** A list item as the walker meets it; lines from 1. */
export interface WalkedItem {
  line: number;
  /** Of its marker, from 1. */
  column: number;
  /** `-`, `*`, `+`, `3.` or `3)`. */
  marker: string;
  /** Items around it. */
  depth: number;
  /** Containers of any kind around it: 0 stands at the margin. */
  level: number;
  /** The lines of its first paragraph, if it begins with one, and where its text begins. */
  text?: { line: number; column: number; endLine: number; underlined?: boolean };
  /** Something stands in it already. */
  started: boolean;
}

export const THEMATIC_BREAK = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const FOOTNOTE = /^\[\^(?:\\[[\]\\]|[^[\] \t]){1,999}\]:/;
const BLANK = /^[ \t]*$/;

/** The container that begins here, its marker passed over. */
export function takeContainer(cursor: Cursor, inParagraph: boolean): Container | undefined {
  const char = cursor.line[cursor.next];
  if (char === '>') {
    takeQuote(cursor);
    return { kind: 'quote', indent: 0, empty: false };
  }
  if (char === '[') {
    const label = FOOTNOTE.exec(cursor.rest());
    if (!label) return undefined;
    cursor.skipText(label[0].length);
    cursor.skipColumns(cursor.indent);
    return { kind: 'note', indent: 4, empty: false };
  }
  return takeItem(cursor, inParagraph);
}

/** Moves over a quote's marker. */
export function takeQuote(cursor: Cursor): void {
  cursor.skipText(1);
  if (cursor.indent > 0) cursor.skipColumns(1);
}

/** A list item's marker; inside a paragraph it must have content and, when ordered, begin with 1. */
function takeItem(cursor: Cursor, inParagraph: boolean): Container | undefined {
  const char = cursor.line.charCodeAt(cursor.next);
  const bullet = char === 42 || char === 43 || char === 45;
  if (!bullet && (char < 48 || char > 57)) return undefined;
  const text = cursor.rest();
  if (bullet && THEMATIC_BREAK.test(text)) return undefined;
  const marker = bullet ? text[0]! : /^(\d{1,9})[.)]/.exec(text)?.[0];
  if (marker === undefined) return undefined;
  const after = text[marker.length];
  if (after !== undefined && after !== ' ' && after !== '\t') return undefined;
  if (inParagraph) {
    if (BLANK.test(text.slice(marker.length))) return undefined;
    if (!bullet && Number.parseInt(marker, 10) !== 1) return undefined;
  }
  const before = cursor.indent;
  cursor.skipText(marker.length);
  const empty = cursor.blank;
  const padding = empty || cursor.indent > 4 ? 1 : cursor.indent;
  cursor.skipColumns(padding);
  return { kind: 'item', indent: before + marker.length + padding, empty };
}

/** The heading that a line's text is, closing `#`s removed. */
export function headingIn(text: string): { level: number; text: string } | undefined {
  let level = 0;
  while (text[level] === '#') level++;
  const after = text[level];
  if (level > 6 || (after !== undefined && after !== ' ' && after !== '\t')) return undefined;
  let end = text.length;
  const trimBlanks = (): void => {
    while (end > level && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  };
  trimBlanks();
  const before = end;
  while (end > level && text[end - 1] === '#') end--;
  if (end > level && text[end - 1] !== ' ' && text[end - 1] !== '\t') end = before;
  trimBlanks();
  let start = level;
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start++;
  return { level, text: text.slice(start, end) };
}
