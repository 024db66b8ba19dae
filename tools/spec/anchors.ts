import { repairLine } from '../text/index.ts';
import { NUMBER, partsOf, stripTags } from './headings.ts';
import type { AnchorQuery } from './model.ts';

const FILE = /^[`*]*((?:[^\s`*:#]*\/)?[^\s`*:#/]+\.md)[`*]*(?:[:#]\s*|\s+|$)/;
const SIGN = String.raw`(?:A?§\s*)?`;
const LEADING = new RegExp(String.raw`^(A?§\s*)?(${NUMBER})(\.\*)?([.):]?)(?=[\s.,:;)+/→—–-]|$)`);
// The end of a range may be written short: `4.3.9.12–.21`, `4.3.9.12-21`.
const RANGE = new RegExp(String.raw`^(\s*[—–-]\s*)${SIGN}(\.?${NUMBER})(?=[\s.,:;)+/]|$)`);
const FURTHER = new RegExp(
  String.raw`(?:\s*/\s*|\s*,\s*|\s+\+\s+|\+)(?:Addendum:\s*)?${SIGN}(${NUMBER})(?=[\s.,:;)+/]|$)`,
  'g',
);

/** Takes an anchor apart as its author wrote it; text without a number is a query without one. Never throws. */
export function parseAnchor(text: string): AnchorQuery {
  let rest = (repairLine(text)?.text ?? text).trim().replace(/^[-*]\s+/, '');
  const query: AnchorQuery = { text, wildcard: false, others: [], addendum: false, title: '' };
  const file = FILE.exec(rest);
  if (file) {
    query.file = file[1]!;
    rest = rest.slice(file[0].length);
  }
  const version = /(?:^|[^a-z0-9])(v\d+(?:\.\d+)+)/i.exec(query.file?.replace(/\.md$/, '') ?? '');
  if (version) query.version = version[1]!;
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
      query.file !== undefined ||
      leading[1] !== undefined ||
      leading[4] !== '' ||
      rest === leading[0]);
  if (!leading || !counts) return { ...query, title: titleOf(rest) };
  query.number = leading[2]!;
  query.wildcard = leading[3] !== undefined;
  rest = rest.slice(leading[0].length);
  rest = takeRange(query, rest);
  const bare = withoutNotes(rest);
  for (const further of bare.matchAll(FURTHER)) {
    if (further[1]!.includes('.')) query.others.push(further[1]!);
  }
  const title = titleOf(rest);
  return { ...query, title: title === '' && query.others.length === 0 ? titleInNote(rest) : title };
}

/** `2.6.8.8 (Spec Session Log)`: a note that is all there is and begins like a title is the title. */
function titleInNote(text: string): string {
  return /^\((?=[\p{Lu}`])([^()]*)\)$/u.exec(stripTags(text).rest)?.[1]?.trim() ?? '';
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
  let title = text.replace(/\s*(?:->|→).*$/, '');
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
