import { IDENTIFIER, IDENTIFIER_GROUPS } from '../spec/index.ts';

/** A range names each id in it; of a longer one only the ends. */
const LONGEST_RANGE = 200;

/** `..005`, `..FR-EVT-SESS-005`, `–005`, `/002`, `, 002`, ` and 002`: what goes on from an id that ends in digits. */
const FURTHER = /^\s?(\.\.\.?|–|\/|,\s?|\s?(?:and|or)\s)((?:[A-Z]+-)*)(\d+)(?![\w-])/;

const ANY = new RegExp(IDENTIFIER, 'g');

/** Every id that a text names, in its order, each once; those of a range and of a short list too. */
export function idsIn(text: string): string[] {
  const found = new Set<string>();
  for (const { 0: id, index } of text.matchAll(ANY)) {
    found.add(id);
    for (const further of furtherIds(id, text.slice(index + id.length, index + id.length + 4096)))
      found.add(further);
  }
  return [...found];
}

/** `001..005` are five, `001/002` and `001, 002` two: digits as many as before, and nothing that is a word of its own. */
function furtherIds(id: string, behind: string): string[] {
  const numbered = /^(.*-)(\d+)$/.exec(id);
  if (!numbered) return [];
  const [, group = '', digits = ''] = numbered;
  const found: string[] = [];
  let last = Number(digits);
  let rest = behind;
  for (let match = FURTHER.exec(rest); match; match = FURTHER.exec(rest)) {
    const [all, sign = '', prefix = '', next = ''] = match;
    if (next.length !== digits.length || (prefix !== '' && prefix !== group)) break;
    // `INV-SPAWN-001, 500 children` counts children: behind a comma or a word a number alone is padded, or is none of an id.
    if (prefix === '' && /[,a-z]/.test(sign) && !next.startsWith('0')) break;
    const number = Number(next);
    const isRange = /^(?:\.\.|–)/.test(sign) && number > last && number - last <= LONGEST_RANGE;
    for (let at = isRange ? last + 1 : number; at <= number; at++)
      found.push(`${group}${String(at).padStart(digits.length, '0')}`);
    last = number;
    rest = rest.slice(all.length);
  }
  return found;
}

const WILDCARD = new RegExp(String.raw`(?<![A-Za-z0-9_-])(${IDENTIFIER_GROUPS})-\*`, 'g');

/** `FR-EVT-SESS-SPAWN` of `FR-EVT-SESS-SPAWN-*`. */
export function groupsIn(text: string): string[] {
  return [...text.matchAll(WILDCARD)].map(([, group = '']) => group);
}

const ONE = new RegExp(IDENTIFIER);

/** Looked at before a file is parsed. */
export function mayNameClause(text: string): boolean {
  return ONE.test(text);
}
