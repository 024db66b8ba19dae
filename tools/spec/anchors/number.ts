import { descendantsOf, sectionsByNumber } from '../lookup.ts';
import type { AnchorFlag, AnchorQuery, SpecIndex, SpecSection } from '../model.ts';
import { partsOf, sameTitle, sharedWords } from '../sections/headings.ts';
import { hintsFor } from './hints.ts';
import { identifierWithin, resolveIdentifier } from './identifier.ts';
import { judge, rightPlace } from './judge.ts';
import { failed, type Outcome } from './outcome.ts';

/** A section by its number, its range or its descendants, and the id in it where the anchor names one. */
export function resolveNumber(index: SpecIndex, query: AnchorQuery): Outcome {
  const number = query.number!;
  const all = sectionsByNumber(index, number);
  if (all.length === 0) {
    const named = query.identifier === undefined ? undefined : resolveIdentifier(index, query.identifier, '');
    const now = named?.identifier && whereNow(query.identifier!, named);
    const hints = now === undefined ? hintsFor(index, number, query.title) : [now];
    return failed('UNRESOLVED', `no heading has the number ${number}`, ...hints);
  }
  const outcome = chooseWithIdentifier(index, query, all);
  if (query.wildcard) addRange(outcome, 'WILDCARD', (section) => descendantsOf(index, section));
  const { rangeEnd } = query;
  if (rangeEnd !== undefined) {
    const end = choose(sectionsByNumber(index, rangeEnd), rangeEnd, '', index);
    addRange(outcome, 'RANGE', (section) => between(index, section, end.section));
    if (!end.section) {
      outcome.statuses.push('UNRESOLVED');
      outcome.reasons.push(`the end of the range, ${rangeEnd}, is not found`);
    }
  }
  return outcome;
}

/** `11.5 FR-EVT-001`: the id is meant, and the number says where it should stand. */
function chooseWithIdentifier(index: SpecIndex, query: AnchorQuery, all: readonly SpecSection[]): Outcome {
  const number = query.number!;
  const plain = choose(all, number, query.title, index, query.noted);
  const { section } = plain;
  const id = query.identifier;
  // In the heading it is a part of the title: `11.5.2 FR-EVT-006 (LlmInferenceEvent)`.
  if (id === undefined || !section || [section.title, ...section.tags].some((text) => text.includes(id)))
    return plain;
  const at = query.title.indexOf(id);
  const title = at < 0 ? query.title : query.title.slice(at + id.length).replace(/^[\]`*:\s+/,]+/, '');
  const within = identifierWithin(index, id, section, title);
  if (within) {
    const picked = pick(all, number, query.title, index);
    return { ...picked, ...within, reasons: [...picked.reasons, ...within.reasons] };
  }
  if (at < 0 && title !== '') return plain;
  const outcome = choose(all, number, title, index);
  const elsewhere = resolveIdentifier(index, id, '');
  outcome.statuses.push('TITLE_MISMATCH');
  outcome.reasons.push(
    `${number} does not define ${id}`,
    ...(elsewhere.section ? [whereNow(id, elsewhere)] : elsewhere.reasons),
  );
  return outcome;
}

function whereNow(id: string, { section, identifier }: Outcome): string {
  const number = section?.number === undefined ? '' : `${section.number}, `;
  return `${id} stands in ${number}line ${identifier?.definition.line}`;
}

function addRange(outcome: Outcome, flag: AnchorFlag, covered: (from: SpecSection) => SpecSection[]): void {
  outcome.flags.push(flag);
  if (!outcome.section) return;
  const more = covered(outcome.section);
  outcome.candidates.push(...more);
  outcome.reasons.push(`it covers ${more.length + 1} sections`);
}

function between(index: SpecIndex, from: SpecSection, to: SpecSection | undefined): SpecSection[] {
  if (!to || to.id <= from.id) return [];
  const last = descendantsOf(index, to).at(-1) ?? to;
  return index.sections.slice(from.id + 1, last.id + 1);
}

/** A section by its number, judged. */
export function choose(
  all: readonly SpecSection[],
  number: string,
  title: string,
  index: SpecIndex,
  noted = false,
): Outcome {
  const picked = pick(all, number, title, index);
  const { section } = picked;
  if (!section) return picked;
  const judged = judge(index, section, title, noted);
  const lost = !noted && !sameTitle(title, section.title);
  const hints = lost ? hintsFor(index, number, title) : [];
  return {
    ...picked,
    statuses: judged.statuses,
    reasons: [...picked.reasons, ...judged.reasons, ...hints],
  };
}

/** Number first; then place, title and depth decide among several: depth follows the title, not its author. */
function pick(all: readonly SpecSection[], number: string, title: string, index: SpecIndex): Outcome {
  const flags: AnchorFlag[] = [];
  const reasons: string[] = [];
  let left = all;
  const narrow = (better: (section: SpecSection) => boolean): boolean => {
    if (left.length < 2) return false;
    const kept = left.filter(better);
    if (kept.length === 0 || kept.length === left.length) return false;
    left = kept;
    return true;
  };
  const placed = narrow((section) => rightPlace(index, section));
  if (all.length > 1) reasons.push(`${all.length} headings have the number ${number}`);
  if (left.length > 1 && title !== '') {
    const most = Math.max(...left.map((section) => sharedWords(title, section.title)));
    if (most > 0 && narrow((section) => sharedWords(title, section.title) === most)) {
      reasons.push('the title decides among those in the right place');
    }
  }
  const deep = narrow((section) => section.level === partsOf(number).length);
  const section = left.length === 1 ? left[0] : undefined;
  if (!section) {
    const missing = all.length === 0;
    return {
      statuses: [missing ? 'UNRESOLVED' : 'AMBIGUOUS'],
      flags,
      candidates: [...all],
      reasons: missing ? [`no heading has the number ${number}`] : reasons,
    };
  }
  if (placed || deep) {
    flags.push('TIE_BROKEN_BY_PLACE');
    reasons.push(`the one at line ${section.line} stands where its number says`);
  }
  const others = all.filter((candidate) => candidate !== section);
  return { statuses: [], flags, section, candidates: [section, ...others], reasons };
}
