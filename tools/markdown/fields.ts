import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';

/** `- KEY (qualifier): value (note)`, in any of the spellings that people use for it. */
export interface Field {
  /** Without emphasis and without a trailing parenthesis: `SPEC_ANCHOR_CANDIDATES`. */
  key: string;
  /** The parenthesis of the key: `Main Body, not Roadmap`. */
  qualifier?: string;
  /** Without trailing notes; an empty value is empty, and never the next line (governance-grammar 5.1 #6). */
  value: string;
  /** What the trailing parentheses of the value say. */
  note?: string;
  /** The whole value as written. */
  raw: string;
  /** Column of the key, from 1; what stands deeper on the next lines belongs to the field. */
  column: number;
  keyPlace: Place;
  /** Of {@link raw}; where a value would stand, when there is none. */
  place: Place;
}

const LINE =
  /^(?<lead>\s*(?:[-*+]\s+)?)(?<open>\*\*|__)?(?<key>[A-Za-z][A-Za-z0-9_ /-]*?)\s*(?:\((?<qualifier>[^)]*)\))?\s*(?<shut>\*\*|__)?:(?<late>\*\*|__)?[ \t]*(?<raw>.*)$/d;

/** Prose has colons too, after whole sentences. */
const LONGEST_KEY = 160;

/**
 * The field of one line, if it is one. Blanked lines (fences, comments: see {@link visibleLines}) give none;
 * a line whose key is a sentence gives one all the same, which is why readers ask for keys by name.
 */
export function readField(file: string, line: number, text: string): Field | undefined {
  const colon = text.indexOf(':');
  if (colon < 0 || colon > LONGEST_KEY) return undefined;
  const match = LINE.exec(text);
  if (match === null) return undefined;
  const { open, key = '', qualifier, shut, late } = match.groups!;
  const raw = match.groups!.raw!.trimEnd();
  if (open !== undefined && shut === undefined && late === undefined) return undefined; // **KEY: value** is prose
  const at = match.indices!.groups!;
  return {
    key,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...splitNote(raw),
    raw,
    column: match.groups!.lead!.length + 1,
    keyPlace: spanPlace(file, line, at.key![0] + 1, key.length),
    place: spanPlace(file, line, at.raw![0] + 1, raw.length),
  };
}

/** Every field of the lines `from`..`to` (from 1, inclusive), in order, unknown keys included. */
export function readFields(file: string, visible: readonly string[], from: number, to: number): Field[] {
  const fields: Field[] = [];
  for (let line = from; line <= to && line <= visible.length; line++) {
    const field = readField(file, line, visible[line - 1]!);
    if (field) fields.push(field);
  }
  return fields;
}

/** Parts a value from the balanced parentheses at its end: `STUB (NOT READY FOR DEV)`. */
export function splitNote(raw: string): { value: string; note?: string } {
  const notes: string[] = [];
  let value = raw.trimEnd();
  while (value.endsWith(')')) {
    let depth = 0;
    let open = value.length;
    while (open-- > 0) {
      if (value[open] === ')') depth += 1;
      else if (value[open] === '(' && --depth === 0) break;
    }
    const before = value.slice(0, Math.max(open, 0));
    // `capability(x)` is no note, and neither is a value that is nothing but a parenthesis.
    if (open <= 0 || !/\s$/.test(before)) break;
    notes.unshift(value.slice(open + 1, -1).trim());
    value = before.trimEnd();
  }
  return notes.length === 0 ? { value } : { value, note: notes.join('; ') };
}

/**
 * The lines with fenced blocks and HTML comments blanked out, so that an example or a remark is never read
 * as a field (governance-grammar 5.1 #7). Line numbers and columns stay those of the file.
 */
export function visibleLines(
  lines: readonly string[],
  fences: readonly { line: number; endLine: number }[],
): string[] {
  const visible = [...lines];
  for (const fence of fences) {
    for (let line = fence.line; line <= fence.endLine && line <= visible.length; line++) {
      visible[line - 1] = '';
    }
  }
  let inside = false;
  for (let index = 0; index < visible.length; index++) {
    const text = visible[index]!;
    if (!inside && !text.includes('<!--')) continue;
    const result = blankComments(text, inside);
    visible[index] = result.text;
    inside = result.inside;
  }
  return visible;
}

function blankComments(text: string, startsInside: boolean): { text: string; inside: boolean } {
  let out = '';
  let at = 0;
  let inside = startsInside;
  while (at < text.length) {
    const mark = inside ? text.indexOf('-->', at) : commentStart(text, at);
    if (mark < 0) {
      out += inside ? ' '.repeat(text.length - at) : text.slice(at);
      return { text: out, inside };
    }
    const end = inside ? mark + 3 : mark;
    out += inside ? ' '.repeat(end - at) : text.slice(at, end);
    at = end;
    inside = !inside;
  }
  return { text: out, inside };
}

/** `<!--` outside a code span. */
function commentStart(text: string, from: number): number {
  for (let mark = text.indexOf('<!--', from); mark >= 0; mark = text.indexOf('<!--', mark + 1)) {
    const ticks = text.slice(0, mark).split('`').length - 1;
    const closes = text.indexOf('`', mark) >= 0;
    if (ticks % 2 === 0 || !closes) return mark;
  }
  return -1;
}
