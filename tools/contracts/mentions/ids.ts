import { FAMILIES } from '../../spec/index.ts';

/** One name of an event in a line, or several that are written as one: `…-001..004`, `…-{A,B}`. */
export interface Named {
  ids: string[];
  /** It stands for several. */
  group: boolean;
  start: number;
  end: number;
}

/** A range names events, not thousands of them: what goes on behind so many is no list. */
const MOST = 64;
/** Behind so many names, a further one on the same line says nothing new. */
const MOST_IN_LINE = 64;

const ID = FAMILIES.find(({ name }) => name === 'FR-EVT')!.pattern;
const BRACES = String.raw`FR-EVT-(?:[A-Z0-9]+-)+\{[A-Z0-9,-]+\}`;
const NAME = new RegExp(`(?<![A-Za-z0-9_-])(?:(${BRACES})|(${ID}))`, 'g');
const RANGE = /^`?\s*(?:\.\.|–| through | to )\s*`?(?:FR-EVT-(?:[A-Z]+-)*)?(\d{3})(?!\d)`?/;
const SLASHES = /^(?:\/\d{3}(?!\d))+/;

/** The events that a text names, in its order. Families (`FR-EVT-DATA-*`) and placeholders name none. */
export function namedIn(text: string): Named[] {
  const named: Named[] = [];
  let behind = 0;
  for (const match of text.matchAll(NAME)) {
    if (named.length === MOST_IN_LINE) break;
    if (match.index < behind) continue;
    const end = match.index + match[0].length;
    const found = match[1] === undefined ? several(match[0], text.slice(end, end + 400)) : braces(match[1]);
    behind = end + found.length;
    named.push({ ids: found.ids, group: found.ids.length > 1, start: match.index, end: behind });
  }
  return named;
}

function braces(text: string): { ids: string[]; length: number } {
  const open = text.indexOf('{');
  const parts = text
    .slice(open + 1, -1)
    .split(',')
    .slice(0, MOST);
  return { ids: parts.filter((part) => part !== '').map((part) => text.slice(0, open) + part), length: 0 };
}

function several(id: string, after: string): { ids: string[]; length: number } {
  const number = /\d{3}$/.exec(id)?.[0];
  if (number === undefined) return { ids: [id], length: 0 };
  const prefix = id.slice(0, -3);
  const slashes = SLASHES.exec(after)?.[0];
  if (slashes !== undefined) {
    const numbers = [number, ...slashes.slice(1).split('/')];
    return { ids: numbers.slice(0, MOST).map((part) => prefix + part), length: slashes.length };
  }
  const range = RANGE.exec(after);
  const count = range ? Number(range[1]) - Number(number) + 1 : 1;
  if (range === null || count < 2 || count > MOST) return { ids: [id], length: 0 };
  const first = Number(number);
  return {
    ids: Array.from({ length: count }, (_, at) => `${prefix}${String(first + at).padStart(3, '0')}`),
    length: range[0].length,
  };
}
