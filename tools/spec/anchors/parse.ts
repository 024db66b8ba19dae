import { repairLine } from '../../text/index.ts';
import { IDENTIFIER, IDENTIFIER_GROUPS, TAG } from '../identifiers/families.ts';
import type { AnchorQuery } from '../model.ts';
import { NUMBER, partsOf, stripTags } from '../sections/headings.ts';

const FILE = /^([`*]*)((?:[^\s`*:#]*\/)?[^\s`*:#/]+\.md)([`*]*)([:#]\s*|\s+|$)/;
/** What stands before an anchor in a refinement or a packet: `SPEC_ANCHOR:`. */
const LABEL = /^\**SPEC_ANCHOR[A-Z_]*\**\s*:\**\s*/;
/** `FILE:35191` pins a line. A section after the colon has dots; so has `FILE:7.5`. */
const LINE = /^L?(\d{1,9})(?:\s*[–-]\s*L?\d{1,9})?(?=[\s,;:)]|$)\s*/;
const SIGN = String.raw`(?:A?§\s*)?`;
const LEADING = new RegExp(String.raw`^(A?§\s*)?(${NUMBER})(\.\*)?([.):]?)(?=[\s.,:;()+/→—–-]|$)`);
/** `14.6(B)`, `11.10.4 (2) Register`: a part of the section, which has no heading of its own. */
const PART = /^\s*\((?:[A-Z]|\d{1,2})\)(?=\s|$)/;
// The end of a range may be written short: `4.3.9.12–.21`, `4.3.9.12-21`.
const RANGE = new RegExp(String.raw`^(\s*[—–-]\s*)${SIGN}(\.?${NUMBER})(?=[\s.,:;)+/]|$)`);
const FURTHER = new RegExp(
  String.raw`(?:\s*/\s*|\s*,\s*|\s+\+\s+|\+)(?:Addendum:\s*)?${SIGN}(${NUMBER})(?=[\s.,:;)+/]|$)`,
  'g',
);
const MARK = String.raw`[\s\x60"'(\[:*§—–-]*`;
const LEADING_ID = new RegExp(String.raw`^${MARK}(?:(${IDENTIFIER}|${TAG})|(${IDENTIFIER_GROUPS})-\*)`);
/** Behind a number an id in parentheses is a note. */
const LEADING_ID_OF_NUMBER = new RegExp(String.raw`^[\s\x60[:*—–-]*(${IDENTIFIER})`);
const FURTHER_ID = new RegExp(String.raw`^[\]\x60]*\s*[,+/]\s*[\[\x60]?(${IDENTIFIER})`);
const TAGGED_ID = new RegExp(String.raw`\[(${IDENTIFIER})\](?=[^()]*(?:\([^()]*\)[^()]*)?$)`);

/** More than any anchor that was ever written; what follows is no part of its title. */
const LONGEST = 4096;

/** A note or a tag that the cut would leave open goes with what follows it. */
function beginningOf(text: string): string {
  return text.length <= LONGEST ? text : text.slice(0, LONGEST).replace(/[([][^()[\]]*$/, '');
}

/** Takes an anchor apart as its author wrote it; text without a number is a query without one. Never throws. */
export function parseAnchor(text: string): AnchorQuery {
  const begun = beginningOf(text.trim());
  let rest = (repairLine(begun)?.text ?? begun)
    .trim()
    .replace(/^[-*]\s+/, '')
    .replace(LABEL, '');
  const query: AnchorQuery = { text, wildcard: false, others: [], addendum: false, title: '' };
  const file = FILE.exec(rest);
  if (file) {
    query.file = file[2]!;
    rest = rest.slice(file[0].length);
    const pins = file[4]!.startsWith(':') || (file[4] === '#' && rest.startsWith('L'));
    const line = pins ? LINE.exec(rest) : null;
    if (line) {
      query.line = Number(line[1]);
      rest = rest.slice(line[0].length);
    }
  }
  const version = versionIn(query.file?.replace(/\.md$/, '') ?? '');
  if (version !== undefined) query.version = version;
  const addendum = /^Addendum:\s*/i.exec(rest);
  if (addendum) {
    query.addendum = true;
    rest = rest.slice(addendum[0].length);
  }
  rest = rest.replace(/^`(?=A?§?\s*\d)/, '');
  const leading = LEADING.exec(rest);
  // A lone digit at the start of prose is no number; after a file name, a sign or a dot it is.
  const counts =
    leading &&
    (leading[2]!.includes('.') ||
      (query.file !== undefined && query.line === undefined) ||
      leading[1] !== undefined ||
      leading[4] !== '' ||
      rest === leading[0]);
  if (leading && counts) {
    query.number = leading[2]!;
    query.wildcard = leading[3] !== undefined;
    rest = rest.slice(leading[0].length).replace(PART, '');
    rest = takeRange(query, rest);
    takeFurther(query, rest);
  }
  if (query.number === undefined) {
    if (!query.addendum) rest = takeIdentifiers(query, rest);
    return { ...query, title: titleOf(rest) };
  }
  // An id behind a number may be part of the heading (`11.5.2 FR-EVT-006`), so it stays in the title.
  const id = LEADING_ID_OF_NUMBER.exec(rest)?.[1] ?? TAGGED_ID.exec(rest)?.[1];
  if (id !== undefined && !query.addendum) query.identifier = id;
  const title = titleOf(rest);
  const note = title === '' && query.others.length === 0 ? titleInNote(rest) : '';
  return note === '' ? { ...query, title } : { ...query, title: note, noted: true };
}

/** `2.9.2 Traceability / 2.9.3 Definitions`: further numbers, each with its title where it has one. */
function takeFurther(query: AnchorQuery, rest: string): void {
  const found = [...withoutNotes(rest, true).matchAll(FURTHER)].filter(({ 1: number = '' }) =>
    number.includes('.'),
  );
  const titles: Record<string, string> = {};
  found.forEach(({ 0: all, 1: number = '', index }, at) => {
    query.others.push(number);
    const title = titleOf(rest.slice(index + all.length, found[at + 1]?.index));
    if (title !== '') titles[number] = title;
  });
  if (Object.keys(titles).length > 0) query.otherTitles = titles;
}

/** `2.6.8.8 (Spec Session Log)`: a note that is all there is and begins like a title is the title. */
function titleInNote(text: string): string {
  return /^\((?=[\p{Lu}`])([^()]*)\)$/u.exec(stripTags(text).rest)?.[1]?.trim() ?? '';
}

/** `v02.137` in a file name or a path. */
export function versionIn(path: string): string | undefined {
  return /(?:^|[^a-z0-9])(v\d+(?:\.\d+)+)/i.exec(path)?.[1];
}

/** An id at the front or in brackets names the target; in a note in parentheses it explains. */
function takeIdentifiers(query: AnchorQuery, rest: string): string {
  const leading = LEADING_ID.exec(rest);
  if (!leading) {
    const tagged = TAGGED_ID.exec(rest)?.[1];
    if (tagged !== undefined) query.identifier = tagged;
    return rest;
  }
  query.identifier = leading[1] ?? leading[2]!;
  let left = rest.slice(leading[0].length);
  if (leading[2] !== undefined) {
    query.wildcard = true;
    return left.replace(/^[\]`"'):*]+/, '');
  }
  for (;;) {
    const short = /^(\/|\.\.|[–-])(\d{2,3})(?!\d)/.exec(left);
    const further = short ? null : FURTHER_ID.exec(left);
    const used = short ?? further;
    if (!used) return left.replace(/^[\]`"'):*]+/, '');
    if (short) query.others.push(...shortened(query, short[1]!, short[2]!));
    else query.others.push(further![1]!);
    left = left.slice(used[0].length);
  }
}

/** `TRUST-001/002`, `FR-EVT-CLOUD-001..004`. */
function shortened(query: AnchorQuery, sign: string, digits: string): string[] {
  const last = /^(.*-)(\d+)$/.exec(query.others.at(-1) ?? query.identifier!);
  if (!last) return [];
  const [from, to] = [Number(last[2]), Number(digits)];
  if (sign === '/' || to <= from || to - from > 200) return [`${last[1]}${digits}`];
  return Array.from(
    { length: to - from },
    (_, at) => `${last[1]}${String(from + at + 1).padStart(digits.length, '0')}`,
  );
}

function takeRange(query: AnchorQuery, rest: string): string {
  const range = RANGE.exec(rest);
  if (!range || query.number === undefined) return rest;
  const written = range[2]!;
  // `4.3.9 - 12 rules` is a title after a dash, not a range.
  if (/\s/.test(range[1]!) && !written.slice(1).includes('.')) return rest;
  const end = written.replace(/^\./, '');
  const kept = partsOf(query.number).slice(0, -partsOf(end).length);
  const full = written.startsWith('.') || !end.includes('.') ? [...kept, end].join('.') : end;
  if (full === query.number) return rest;
  query.rangeEnd = full;
  return rest.slice(range[0].length);
}

/** What is left of the words: no sub-target, no further anchors, no tags, no notes at the end. */
function titleOf(text: string): string {
  let title = text.replace(/(?:->|→).*$/, '');
  const further = /\s*(?:\+|\/|,)\s*(?:Addendum:\s*)?(?:A?§\s*)?\d+(?:\.\d+)+(?=[\s.,:;)]|$)/.exec(
    withoutNotes(title, true),
  );
  if (further) title = title.slice(0, further.index);
  title = title.replace(/^[\s:.`—–-]+/, '');
  for (;;) {
    const shorter = withoutLastNote(stripTags(title).rest);
    if (shorter === title) return title.replace(/`$/, '').trim();
    title = shorter;
  }
}

/** Text with its parenthesised notes blanked out; `keep` leaves their length, so that offsets hold. */
function withoutNotes(text: string, keep = false): string {
  let depth = 0;
  let out = '';
  for (const char of text) {
    if (char === '(') depth++;
    if (depth === 0) out += char;
    else if (keep) out += '_'.repeat(char.length);
    if (char === ')' && depth > 0) depth--;
  }
  return out;
}

function withoutLastNote(text: string): string {
  const trimmed = text.trimEnd();
  if (!trimmed.endsWith(')') && !trimmed.endsWith(']')) return trimmed;
  const close = trimmed.at(-1)!;
  const open = close === ')' ? '(' : '[';
  let depth = 0;
  for (let at = trimmed.length - 1; at >= 0; at--) {
    if (trimmed[at] === close) depth++;
    else if (trimmed[at] === open && --depth === 0) return trimmed.slice(0, at).trimEnd();
  }
  return trimmed;
}
