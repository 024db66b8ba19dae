import type { Place } from '../../findings/index.ts';
import type { Field } from '../../markdown/index.ts';
import { spanPlace } from '../../text/index.ts';
import type { Sited } from '../sited.ts';
import { specFileIn } from '../spec-pin.ts';

/** `7.5.4.8–7.5.4.9`, or one number. */
export interface RoadmapSection {
  number: string;
  /** The last one of a range. */
  to?: string;
  place: Place;
}

/** `items 36-37`; of one item both are the same. */
export interface RoadmapItems {
  from: number;
  to: number;
  place: Place;
}

/** Where the Roadmap asks for a work packet: `FILE 7.6.3 (Phase 1) -> items 36-37 (why)` and its kin. */
export interface RoadmapPointer {
  file?: Sited;
  /** Empty where the pointer is free text. */
  sections: RoadmapSection[];
  items: RoadmapItems[];
  /** False for `N/A (Operator request)`: the Roadmap asks for nothing. */
  applies: boolean;
}

const DASH = String.raw`\s?[-\u2013\u2014]\s?`;
// `A§` and `A` are what an ASCII rule left of a section sign, `Â§` what double encoding made of one.
const SIGN = String.raw`(?:A?\u00c2?\u00a7|A)?`;
const NUMBER = String.raw`\d{1,4}(?:\.\d{1,4}){1,12}`;
const SECTION = new RegExp(
  String.raw`(?<![\w.])${SIGN}(${NUMBER})(?:${DASH}${SIGN}(${NUMBER}))?(?!\.?\w)`,
  'g',
);
const ITEMS = /\bitems?\s(?=\d)/gi;
const RANGE = new RegExp(String.raw`(\d{1,4})(?!\.?\d)(?:${DASH}(\d{1,4})\b)?(?:,\s?|\s?and\s)?`, 'y');

/** The pointer, taken apart. What stands in parentheses or brackets says why, and points nowhere. */
export function readRoadmapPointer({ raw, place }: Field): RoadmapPointer {
  const at = (start: number, length: number): Place =>
    spanPlace(place.file, place.line, place.column + start, length);
  const file = specFileIn(raw);
  let text = masked(raw);
  if (file !== undefined) {
    text =
      text.slice(0, file.index) + ' '.repeat(file.text.length) + text.slice(file.index + file.text.length);
  }
  const sections = [...text.matchAll(SECTION)].map(
    ({ 0: whole, 1: number, 2: to, index }): RoadmapSection => ({
      number: number!,
      ...(to === undefined ? {} : { to }),
      place: at(index, whole.length),
    }),
  );
  return {
    ...(file === undefined ? {} : { file: { text: file.text, place: at(file.index, file.text.length) } }),
    sections,
    items: readItems(text, at),
    applies: !/^N\/A\b/i.test(raw),
  };
}

function readItems(text: string, at: (start: number, length: number) => Place): RoadmapItems[] {
  const items: RoadmapItems[] = [];
  for (const mark of text.matchAll(ITEMS)) {
    RANGE.lastIndex = mark.index + mark[0].length;
    for (let match = RANGE.exec(text); match !== null; match = RANGE.exec(text)) {
      const written = match[0].replace(/(?:,\s?|\s?and\s)$/, '');
      const from = Number(match[1]);
      items.push({ from, to: Number(match[2] ?? from), place: at(match.index, written.length) });
      if (written.length === match[0].length) break;
    }
  }
  return items;
}

/** Parentheses and brackets as blanks, so that columns stay. */
function masked(raw: string): string {
  let depth = 0;
  let text = '';
  for (const char of raw) {
    if (char === '(' || char === '[') depth += 1;
    text += depth > 0 ? ' '.repeat(char.length) : char;
    if (char === ')' || char === ']') depth = Math.max(0, depth - 1);
  }
  return text;
}
