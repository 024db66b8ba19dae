import { compareText } from '../../findings/index.ts';
import { repairLine } from '../../text/index.ts';

/** A heading's text, taken apart. */
export interface HeadingParts {
  number?: string;
  title: string;
  tags: string[];
  /** `Appendix`, `Appendix A: …`, without a number. */
  appendix: boolean;
}

/** One or more dotted parts: digits, one capital letter (`11.9.1.X`), or a version (`2.8.v02.13`). */
export const NUMBER = String.raw`\d+(?:\.(?:\d+|[A-Z]|v\d+))*`;

const LEADING_NUMBER = new RegExp(
  String.raw`^(A?§\s*)?(${NUMBER})([.):]?)(?=[\s.,:;—–-]|$)\.?\s*(?:[—–:-]\s+)?`,
);
const TAG_WORDS =
  'non-?normative|normative|informative|hard|must|should|may|law|required|mandatory|blocking|recommended|optional';
const TAG = new RegExp(
  String.raw`^(?:\[[A-Z][^\][]*\]|\((?:${TAG_WORDS})(?:[\s,;:/][^()]{0,40})?\)|\(ADD v[\d.]+\))$`,
  'i',
);

/**
 * The forms of the real spec: `4.3.9.15 Title`, `2. Title`, `11.9.1.X Title`, `§4.2 Title`. A lone digit is a
 * number only with a dot or a section sign: `10 Gotchas` is prose.
 */
export function parseHeading(raw: string): HeadingParts {
  const { rest, tags } = stripTags(repairLine(raw)?.text ?? raw);
  const match = LEADING_NUMBER.exec(rest);
  const number = match?.[2];
  if (!match || number === undefined || !(number.includes('.') || match[1] || match[3])) {
    return { title: rest, tags, appendix: /^appendix\b/i.test(rest) };
  }
  return { number, title: rest.slice(match[0].length).trim(), tags, appendix: false };
}

/** Takes `(Normative)`, `[ADD v02.137]` and their like off the end. */
export function stripTags(text: string): { rest: string; tags: string[] } {
  let rest = text.trim();
  const tags: string[] = [];
  for (let tag = tagAtEnd(rest); tag !== undefined; tag = tagAtEnd(rest)) {
    tags.push(tag);
    rest = rest.slice(0, -tag.length).trimEnd();
  }
  return { rest, tags: tags.reverse() };
}

// A tag holds no bracket of its own kind, so that only the last one can open it: no character is read twice.
function tagAtEnd(text: string): string | undefined {
  const open = text.endsWith(']') ? '[' : text.endsWith(')') ? '(' : undefined;
  const from = open === undefined ? -1 : text.lastIndexOf(open);
  if (from < 0) return undefined;
  const tag = text.slice(from);
  return TAG.test(tag) ? tag : undefined;
}

export function partsOf(number: string): string[] {
  return number.split('.');
}

const DEEPEST = 32;

/** The number, and then what it begins with, longest first; no heading is deeper than {@link DEEPEST} parts. */
export function* prefixesOf(number: string): Generator<string> {
  const parts = number.split('.', DEEPEST + 1);
  if (parts.length > DEEPEST) {
    yield number;
    parts.pop();
  }
  for (; parts.length > 0; parts.pop()) yield parts.join('.');
}

/** Is `prefix` the number itself or an ancestor of it by its parts? */
export function isPrefix(prefix: string, number: string): boolean {
  return number === prefix || number.startsWith(`${prefix}.`);
}

/** The order of a table of contents: `2.9` before `2.10`; letters and versions after the digits. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [one, two] = [left[i]!, right[i]!];
    if (one === two) continue;
    const [first, second] = [Number(one), Number(two)];
    if (Number.isNaN(first) !== Number.isNaN(second)) return Number.isNaN(first) ? 1 : -1;
    return Number.isNaN(first) ? compareText(one, two) : first - second;
  }
  return left.length - right.length;
}

const STOP_WORDS = words(
  'a an and are as at by for from in into is of on or per s section spec that the this to via vs with',
);

/** Words that stand in the titles of sections that have nothing else in common. */
const GENERIC = words(
  'appendix behavior contract criterion definition design detail event evt example feature field flow format fr general goal guideline implementation input introduction invariant item list minimum name new note output overview phase principle purpose reference requirement rule schema scope set standard state status step structure summary support system table type update usage version',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** The words that can tell two titles apart, lower case, plurals folded. */
export function contentWords(title: string): Set<string> {
  return new Set(
    allWords(title)
      .filter((word) => !STOP_WORDS.has(word))
      .map(singular),
  );
}

function allWords(title: string): string[] {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/**
 * May a section with this title be the one that an anchor means? A word like `Schema` is in too many titles:
 * where both have words of their own, one of those must be shared. An anchor without words cannot be wrong.
 */
export function sameTitle(asked: string, title: string): boolean {
  const wanted = contentWords(asked);
  if (wanted.size === 0 || title === '') return true;
  const there = contentWords(title);
  // `### 1.4 With`: a title of nothing but stop words is a title.
  if (there.size === 0) return allWords(title).length === 0;
  const shared = sharedWordsOf(wanted, there);
  if (shared.some((word) => !isGeneric(word))) return true;
  if (shared.length === 0) return false;
  const within = (one: Set<string>, other: Set<string>): boolean => [...one].every((word) => other.has(word));
  return within(wanted, there) || within(there, wanted);
}

function isGeneric(word: string): boolean {
  return GENERIC.has(word) || /^v?\d+$/.test(word);
}

/** How many content words two titles share; `LlmClient` is shared with `LLM Client Adapter`. */
export function sharedWords(a: string, b: string): number {
  return sharedWordsOf(contentWords(a), contentWords(b)).length;
}

function sharedWordsOf(left: ReadonlySet<string>, right: ReadonlySet<string>): string[] {
  const [joinedLeft, joinedRight] = [[...left].join(''), [...right].join('')];
  return [
    ...[...left].filter((word) => right.has(word) || isCompound(word, joinedRight)),
    ...[...right].filter((word) => !left.has(word) && isCompound(word, joinedLeft)),
  ];
}

function isCompound(word: string, joined: string): boolean {
  return word.length >= 8 && joined.includes(word);
}
