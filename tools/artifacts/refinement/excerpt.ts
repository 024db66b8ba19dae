import type { Place } from '../../findings/index.ts';
import { spanPlace } from '../../text/index.ts';
import type { Document } from '../document.ts';

/** The text that a refinement quotes, as it stands in the file. */
export interface Excerpt {
  /** Without the indent of the fence; escapes as written. */
  lines: string[];
  /** Line of the first of {@link lines}. */
  line: number;
  /** The fenced block, its fences included. */
  place: Place;
  /** False where no fence ends it. */
  closed: boolean;
}

interface Fence {
  indent: number;
  char: string;
  length: number;
  info: string;
}

const FENCE = /^(\s*)(`{3,}|~{3,})[ \t]*(.*?)[ \t]*$/;

/**
 * The fenced block that begins at or below `from`, and ends before `limit`. What it quotes may hold fences as
 * long as its own, and a strict reader ends at the first of them: the real end is a fence with the end of the
 * document, a heading or a field after it.
 */
export function readExcerpt(document: Document, from: number, limit: number): Excerpt | undefined {
  const { lines } = document.file;
  let open = from;
  while (open < limit && lines[open - 1]!.trim() === '') open++;
  const opener = open < limit ? fenceOf(lines[open - 1]!) : undefined;
  if (opener === undefined) return undefined;
  // A fence that is longer than usual was chosen so that nothing inside can end it, not even another anchor.
  const end = opener.length > 3 ? closerOf(document, open, opener) : endOf(lines, open, opener, limit);
  const last = end ?? limit - 1;
  return {
    lines: lines.slice(open, end === undefined ? last : last - 1).map((text) => dedent(text, opener.indent)),
    line: open + 1,
    place: {
      ...spanPlace(document.path, open, opener.indent + 1, 0),
      endLine: last,
      endColumn: lines[last - 1]!.length + 1,
    },
    closed: end !== undefined,
  };
}

/** `\u00A7`, in any number of backslashes: refinements are ASCII, and some were escaped twice. */
export function unescaped(text: string): string {
  return text.replace(/\\+u([0-9a-fA-F]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** By document and character: the shortest fence that is known to stay open. What follows it is not searched again. */
const unclosed = new WeakMap<Document, Map<string, number>>();

function closerOf(document: Document, open: number, opener: Fence): number | undefined {
  const { lines } = document.file;
  const known = unclosed.get(document) ?? new Map<string, number>();
  unclosed.set(document, known);
  if ((known.get(opener.char) ?? Number.POSITIVE_INFINITY) <= opener.length) return undefined;
  for (let line = open + 1; line <= lines.length; line++) {
    if (closes(fenceOf(lines[line - 1]!), opener)) return line;
  }
  known.set(opener.char, opener.length);
  return undefined;
}

function closes(fence: Fence | undefined, opener: Fence): boolean {
  return fence?.info === '' && fence.char === opener.char && fence.length >= opener.length;
}

function endOf(lines: readonly string[], open: number, opener: Fence, limit: number): number | undefined {
  const closers: number[] = [];
  let nested = false;
  let nestedLength = 0;
  for (let line = open + 1; line < limit; line++) {
    const fence = fenceOf(lines[line - 1]!);
    if (fence === undefined || fence.char !== opener.char) continue;
    const ends = closes(fence, opener);
    if (ends) closers.push(line);
    if (nested) {
      if (fence.info === '' && fence.length >= nestedLength) nested = false;
    } else if (ends && endsHere(lines, line, limit)) {
      return line;
    } else {
      nested = true;
      nestedLength = fence.length;
    }
  }
  return closers.find((line) => endsHere(lines, line, limit)) ?? closers.at(-1);
}

/** Whether what follows is no more excerpt. */
function endsHere(lines: readonly string[], line: number, limit: number): boolean {
  let next = line + 1;
  while (next < limit && lines[next - 1]!.trim() === '') next++;
  return next >= limit || /^(?:#{1,6}\s|[-*+]\s+[A-Z][A-Z_0-9]+\b[^:]*:|-{3,}\s*$)/.test(lines[next - 1]!);
}

function fenceOf(text: string): Fence | undefined {
  const match = FENCE.exec(text);
  if (match === null) return undefined;
  const [, indent = '', marks = '', info = ''] = match;
  if (marks.startsWith('`') && info.includes('`')) return undefined;
  return { indent: indent.length, char: marks[0]!, length: marks.length, info };
}

function dedent(text: string, indent: number): string {
  const blanks = text.search(/\S|$/);
  return text.slice(Math.min(indent, blanks));
}
