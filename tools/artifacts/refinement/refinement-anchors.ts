import type { Place } from '../../findings/index.ts';
import { type Field, readField } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import { type Document, present } from '../document.ts';
import { type Excerpt, readExcerpt } from './excerpt.ts';

/** `#### ANCHOR n`: the text of the spec that a refinement rests on, and where its author saw it. */
export interface RefinementAnchor {
  /** The n of its heading; older ones have none. */
  number?: number;
  /** The heading. */
  place: Place;
  /** Everything between the heading and the excerpt, unknown keys included. */
  fields: Field[];
  anchor?: Field;
  /** The n of `FILE:n`. In a refinement a whole number is a line of the spec; in a stub it is a section. */
  specLine?: number;
  /** A strict reader does not see it: a fence that an excerpt quotes has swallowed its heading. */
  hidden: boolean;
  startLine?: Field;
  endLine?: Field;
  token?: Field;
  /** Lines of the spec, from 1, both inclusive; absent unless both are whole numbers in this order. */
  window?: { start: number; end: number };
  excerpt?: Excerpt;
  /** Last line of the block. */
  lastLine: number;
}

const HEADING = /^#{2,6}\s+ANCHOR\b(?:\s+(\d+))?\s*:?\s*$/;
const FENCE = /^\s*(`{3,}|~{3,})/;
const LIST = /^#{2,6}\s+SPEC_ANCHORS\b/;

/**
 * Every anchor of a refinement. Their excerpts quote fenced blocks, which breaks the fences of the rest of the
 * document: headings are looked for line by line, and none within an excerpt that has been read.
 */
export function readRefinementAnchors(document: Document): RefinementAnchor[] {
  const { lines } = document.file;
  const anchors: RefinementAnchor[] = [];
  const seen = new Set(document.sections.map(({ line }) => line));
  const starts = anchorStarts(lines);
  let next = 0;
  for (let line = listStart(document); line <= lines.length; line++) {
    if (!isAnchor(lines, line) && !(seen.has(line) && HEADING.test(lines[line - 1]!))) continue;
    while (next < starts.length && starts[next]! <= line) next++;
    const anchor = {
      ...readAnchor(document, line, starts[next] ?? lines.length + 1),
      hidden: !seen.has(line),
    };
    anchors.push(anchor);
    line = anchor.lastLine;
  }
  return anchors;
}

/** The list's own heading; the last of several where a strict reader sees none, since an enrichment may quote one. */
function listStart({ sections, file }: Document): number {
  const seen = sections.find(({ title }) => /^SPEC_ANCHORS\b/.test(title));
  return seen?.line ?? Math.max(1, file.lines.findLastIndex((text) => LIST.test(text)) + 1);
}

/** A heading with its field below it, or one that at least a strict reader sees. */
function isAnchor(lines: readonly string[], line: number): boolean {
  if (!HEADING.test(lines[line - 1]!)) return false;
  const next = lines.slice(line, line + 4).find((text) => text.trim() !== '');
  return next === undefined || /^\s*[-*+]\s+[A-Z]|^#{1,6}\s/.test(next);
}

function readAnchor(document: Document, heading: number, next: number): Omit<RefinementAnchor, 'hidden'> {
  const { lines } = document.file;
  const text = lines[heading - 1]!;
  const fields: Field[] = [];
  let excerpt: Excerpt | undefined;
  let inside: string | undefined;
  let last = heading;
  for (let line = heading + 1; line < next; line++) {
    const own = lines[line - 1]!;
    if (/^#{1,6}\s/.test(own)) break;
    last = line;
    // What stands in a fence is an example, and no field (5.1 #7).
    const fence = FENCE.exec(own)?.[1];
    if (fence !== undefined && (inside === undefined || fence.startsWith(inside)))
      inside = inside === undefined ? fence : undefined;
    if (inside !== undefined) continue;
    const field = /^\s*[-*+]\s/.test(own) ? readField(document.path, line, own) : undefined;
    if (field === undefined) continue;
    fields.push(field);
    if (field.key !== 'EXCERPT_ASCII_ESCAPED') continue;
    excerpt = readExcerpt(document, line + 1, next);
    last = excerpt?.place.endLine ?? line;
    break;
  }
  const number = HEADING.exec(text)?.[1];
  const first = (key: string): Field | undefined => fields.find((field) => field.key === key);
  const [startLine, endLine] = [first('CONTEXT_START_LINE'), first('CONTEXT_END_LINE')];
  return {
    place: spanPlace(document.path, heading, 1, text.length),
    fields,
    lastLine: last,
    ...present({
      number: number === undefined ? undefined : Number(number),
      anchor: first('SPEC_ANCHOR'),
      specLine: whole(/\.(?:md|json):(\d+)(?![\d.])/.exec(first('SPEC_ANCHOR')?.value ?? '')?.[1]),
      startLine,
      endLine,
      token: first('CONTEXT_TOKEN'),
      window: windowOf(startLine, endLine),
      excerpt,
    }),
  };
}

/** Where anchors surely begin. A heading like that within an excerpt has the fence's indent, or none of the fields. */
function anchorStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  for (let line = 1; line <= lines.length; line++) {
    if (!HEADING.test(lines[line - 1]!)) continue;
    const below = lines.slice(line, line + 3).find((text) => text.trim() !== '');
    if (below !== undefined && /^[-*+]\s+SPEC_ANCHOR\b/.test(below)) starts.push(line);
  }
  return starts;
}

function windowOf(
  start: Field | undefined,
  end: Field | undefined,
): { start: number; end: number } | undefined {
  const [first, last] = [whole(start?.value), whole(end?.value)];
  return first === undefined || last === undefined || last < first ? undefined : { start: first, end: last };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
