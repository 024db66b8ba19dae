import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { Walker } from './blocks.ts';

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

// In three steps, each in one pass: as one expression the blanks between them are tried in every division.
const LEAD = /^(\s*(?:[-*+]\s+)?)(\*\*|__)?/;
const KEY = /[A-Za-z][A-Za-z0-9_ /-]*/y;
const COLON = /\s*(?:\((?<qualifier>[^)]*)\)\s*)?(?<shut>\*\*|__)?:(?<late>\*\*|__)?[ \t]*/y;

/** Prose has colons too, after whole sentences. */
const LONGEST_KEY = 160;

/**
 * The field of one line, if it is one. Blanked lines (fences, comments: see {@link visibleLines}) give none;
 * a line whose key is a sentence gives one all the same, which is why readers ask for keys by name.
 */
export function readField(file: string, line: number, text: string): Field | undefined {
  const colon = text.indexOf(':');
  if (colon < 0 || colon > LONGEST_KEY) return undefined;
  const lead = LEAD.exec(text)!;
  const start = lead[0].length;
  const run = matchAt(KEY, text, start)?.[0].trimEnd();
  if (run === undefined) return undefined;
  // The `__` that shuts the emphasis is made of letters of a key.
  const key = run.endsWith('__') && text[start + run.length] === ':' ? run.slice(0, -2) : run;
  const after = matchAt(COLON, text, start + key.length);
  if (after === undefined) return undefined;
  const { qualifier, shut, late } = after.groups!;
  if (lead[2] !== undefined && shut === undefined && late === undefined) return undefined; // **KEY: value** is prose
  const at = start + key.length + after[0].length;
  const raw = text.slice(at).trimEnd();
  return {
    key,
    ...(qualifier === undefined ? {} : { qualifier }),
    ...splitNote(raw),
    raw,
    column: lead[1]!.length + 1,
    keyPlace: spanPlace(file, line, start + 1, key.length),
    place: spanPlace(file, line, at + 1, raw.length),
  };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
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
    // `capability(x)` is no note, and neither is a value that is nothing but a parenthesis.
    if (open <= 0 || value[open - 1]!.trim() !== '') break;
    notes.push(value.slice(open + 1, -1).trim());
    value = value.slice(0, open).trimEnd();
  }
  return notes.length === 0 ? { value } : { value, note: notes.reverse().join('; ') };
}

const BEGINS_COMMENT = /^[^<]*<!--/;
/** What may begin raw HTML of which a renderer shows nothing. */
const RAW_HTML = /<(?:[?]|![a-z[]|(?:script|pre|textarea|style)\b)/i;

/**
 * The lines with fenced blocks, raw HTML (`<script>`, `<?`, ...) and HTML comments blanked out, so that an
 * example or a remark is never read as a field (governance-grammar 5.1 #7). Line numbers and columns stay
 * those of the file.
 */
export function visibleLines(
  lines: readonly string[],
  fences: readonly { line: number; endLine: number }[],
): string[] {
  const visible = [...lines];
  for (const block of [...fences, ...rawHtml(lines)]) {
    for (let line = block.line; line <= block.endLine && line <= visible.length; line++) {
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

/** Comments are left to {@link blankComments}: what follows one on its line is read. */
function rawHtml(lines: readonly string[]): { line: number; endLine: number }[] {
  if (!lines.some((line) => RAW_HTML.test(line))) return [];
  const { hidden } = new Walker({ lines, from: 1, to: lines.length }).run();
  return hidden.filter(({ line }) => !BEGINS_COMMENT.test(lines[line - 1]!));
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
  let ticks = 0;
  let counted = 0;
  const lastTick = text.lastIndexOf('`');
  for (let mark = text.indexOf('<!--', from); mark >= 0; mark = text.indexOf('<!--', mark + 1)) {
    for (; counted < mark; counted++) if (text[counted] === '`') ticks += 1;
    if (ticks % 2 === 0 || lastTick < mark) return mark;
  }
  return -1;
}
