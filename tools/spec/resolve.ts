import { parseAnchor, versionIn } from './anchors.ts';
import { partsOf, sameTitle, sharedWords } from './headings.ts';
import { hintsFor } from './hints.ts';
import { judge, judgePlace, rightPlace } from './judge.ts';
import {
  addenda,
  descendantsOf,
  fingerprintOf,
  fingerprintOfLines,
  linesOf,
  sectionAt,
  sectionsByNumber,
} from './lookup.ts';
import type {
  AnchorFlag,
  AnchorQuery,
  AnchorResult,
  AnchorStatus,
  SpecFile,
  SpecIndex,
  SpecSection,
} from './model.ts';
import { failed, type Outcome } from './outcome.ts';
import { identifierWithin, resolveGroup, resolveIdentifier } from './resolve-identifier.ts';

/** Worst first: of several that apply, the first is the status. */
export const STATUSES: readonly AnchorStatus[] = [
  'NO_NUMBER',
  'UNRESOLVED',
  'AMBIGUOUS',
  'TITLE_MISMATCH',
  'APPENDIX',
  'ROADMAP',
  'NOT_MAIN_BODY',
  'IN_TEMPLATE_FENCE',
  'HIDDEN_BY_BROKEN_FENCE',
  'MISPLACED',
  'ADDENDUM_PARAGRAPH',
  'UNIQUE',
];

export interface ResolveOptions {
  /** Base names of the spec files in the tree; default: what the index knows. Without either, no flag. */
  knownSpecFiles?: readonly string[];
}

/** Where an anchor stands in the spec: by number and title, with its place, its authority, and why. */
export function resolveAnchor(
  index: SpecIndex,
  anchor: string | AnchorQuery,
  options: ResolveOptions = {},
): AnchorResult {
  const query = typeof anchor === 'string' ? parseAnchor(anchor) : anchor;
  const outcome = resolveFirst(index, query);
  for (const other of query.others) addOther(index, query, other, outcome);
  const flags = [...fileFlags(index, query, options), ...outcome.flags];
  const { section, identifier } = outcome;
  const print = outcome.fingerprint ?? (section && fingerprintOf(index, section));
  return {
    query,
    status: STATUSES.find((status) => outcome.statuses.includes(status)) ?? 'UNIQUE',
    flags: [...new Set(flags)],
    ...(section && { section }),
    ...(identifier && { identifier }),
    ...(print !== undefined && { fingerprint: print }),
    candidates: [...new Set(outcome.candidates)],
    reasons: outcome.reasons,
  };
}

/** How many results have each status; statuses without one are left out. */
export function statusCounts(results: readonly AnchorResult[]): Partial<Record<AnchorStatus, number>> {
  const counts: Partial<Record<AnchorStatus, number>> = {};
  for (const status of STATUSES) {
    const count = results.filter((result) => result.status === status).length;
    if (count > 0) counts[status] = count;
  }
  return counts;
}

function fileFlags(index: SpecIndex, query: AnchorQuery, options: ResolveOptions): AnchorFlag[] {
  const flags: AnchorFlag[] = [];
  if (!ofThisVersion(index, query)) flags.push('STALE_VERSION');
  const known = options.knownSpecFiles ?? index.specFiles;
  const name = query.file === undefined ? undefined : baseName(query.file);
  if (known && name !== undefined && !ownFile(index, query) && !known.some((file) => baseName(file) === name)) {
    flags.push('SPEC_FILE_ABSENT');
  }
  return flags;
}

function ofThisVersion(index: SpecIndex, query: AnchorQuery): boolean {
  return query.version === undefined || query.version.toLowerCase() === index.version.toLowerCase();
}

/** The file of this spec that the anchor names. Modules have the same names in every version. */
function ownFile(index: SpecIndex, query: AnchorQuery): SpecFile | undefined {
  if (query.file === undefined || !ofThisVersion(index, query)) return undefined;
  const name = baseName(query.file);
  const same = index.files.filter((file) => baseName(file.path) === name);
  const version = versionIn(query.file)?.toLowerCase();
  return same.find((file) => version === (versionIn(file.path) ?? version)?.toLowerCase());
}

function resolveFirst(index: SpecIndex, query: AnchorQuery): Outcome {
  const { identifier } = query;
  if (query.addendum) return resolveAddendum(index, query);
  if (query.number !== undefined) return resolveNumber(index, query);
  if (identifier !== undefined) {
    return query.wildcard ? resolveGroup(index, identifier) : resolveIdentifier(index, identifier, query.title);
  }
  return query.line === undefined ? failed('NO_NUMBER', 'the anchor names no section number') : resolveLine(index, query);
}

/** A line means something in the version that it was counted in, and in no other. */
function resolveLine(index: SpecIndex, query: AnchorQuery): Outcome {
  const line = query.line!;
  const file = ownFile(index, query);
  if (!file) {
    const hints = hintsFor(index, '', query.title);
    return failed('UNRESOLVED', `line ${line} is one of ${query.file}, and this is ${index.version}`, ...hints);
  }
  if (line < 1 || line > file.lines.length) {
    return failed('UNRESOLVED', `${file.path} has ${file.lines.length} lines, none of them ${line}`);
  }
  const section = sectionAt(index, file.path, line);
  if (!section) return failed('UNRESOLVED', `line ${line} stands in no section`);
  const judged = judgePlace(index, section);
  const near = linesOf(index, file.path, line, line + 2).join(' ');
  const mismatch = !sameTitle(query.title, `${section.title} ${near}`);
  return {
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : [])],
    flags: [],
    section,
    candidates: [section],
    reasons: [
      `line ${line} stands in the section of line ${section.line}`,
      ...(mismatch ? [`nothing there says "${query.title}"`] : []),
      ...judged.reasons,
    ],
  };
}

function resolveNumber(index: SpecIndex, query: AnchorQuery): Outcome {
  const number = query.number!;
  const all = sectionsByNumber(index, number);
  if (all.length === 0) {
    const named = query.identifier === undefined ? undefined : resolveIdentifier(index, query.identifier, '');
    const now = named?.identifier && whereNow(query.identifier!, named);
    const hints = now === undefined ? hintsFor(index, number, query.title) : [now];
    return failed('UNRESOLVED', `no heading has the number ${number}`, ...hints);
  }
  const outcome = choose(all, number, query.title, index);
  if (query.identifier !== undefined) narrowToIdentifier(index, query, outcome);
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
function narrowToIdentifier(index: SpecIndex, query: AnchorQuery, outcome: Outcome): void {
  const id = query.identifier!;
  if (!outcome.section) return;
  const within = identifierWithin(index, id, outcome.section);
  if (within?.identifier) {
    outcome.identifier = within.identifier;
    if (within.fingerprint !== undefined) outcome.fingerprint = within.fingerprint;
    return;
  }
  const elsewhere = resolveIdentifier(index, id, '');
  outcome.statuses.push('TITLE_MISMATCH');
  outcome.reasons.push(
    `${query.number} does not define ${id}`,
    ...(elsewhere.section ? [whereNow(id, elsewhere)] : elsewhere.reasons),
  );
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

/** Number first; then place, depth and title decide among several. */
function choose(all: readonly SpecSection[], number: string, title: string, index: SpecIndex): Outcome {
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
  const deep = narrow((section) => section.level === partsOf(number).length);
  if (all.length > 1) reasons.push(`${all.length} headings have the number ${number}`);
  if (left.length > 1 && title !== '') {
    const most = Math.max(...left.map((section) => sharedWords(title, section.title)));
    if (most > 0 && narrow((section) => sharedWords(title, section.title) === most)) {
      reasons.push('the title decides among those in the right place');
    }
  }
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
  const judged = judge(index, section, title);
  if (judged.statuses.includes('TITLE_MISMATCH')) judged.reasons.push(...hintsFor(index, number, title));
  const others = all.filter((candidate) => candidate !== section);
  return {
    statuses: judged.statuses,
    flags,
    section,
    candidates: [section, ...others],
    reasons: [...reasons, ...judged.reasons],
  };
}

function resolveAddendum(index: SpecIndex, query: AnchorQuery): Outcome {
  const same = addenda(index).filter((paragraph) => paragraph.number === query.number);
  const most = Math.max(0, ...same.map((paragraph) => sharedWords(query.title, paragraph.title)));
  const left = same.filter((paragraph) => sharedWords(query.title, paragraph.title) === most);
  const [paragraph] = left;
  if (!paragraph) {
    return failed('UNRESOLVED', `no paragraph begins with "Addendum: ${query.number ?? ''}"`);
  }
  const candidates = same.flatMap((candidate) => candidate.section ?? []);
  if (left.length > 1) {
    return {
      statuses: ['AMBIGUOUS'],
      flags: [],
      candidates,
      reasons: [`${left.length} addendum paragraphs have the number ${paragraph.number}`],
    };
  }
  const judged = paragraph.section ? judge(index, paragraph.section, '') : { statuses: [], reasons: [] };
  const mismatch = !sameTitle(query.title, paragraph.title);
  return {
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : []), 'ADDENDUM_PARAGRAPH'],
    flags: [],
    ...(paragraph.section && { section: paragraph.section }),
    fingerprint: fingerprintOfLines(linesOf(index, paragraph.file, paragraph.line, paragraph.endLine)),
    candidates,
    reasons: [`it is a bold paragraph at line ${paragraph.line}, not a heading`, ...judged.reasons],
  };
}

/** A further number of the same anchor: whatever is wrong with it is wrong with the anchor. */
function addOther(index: SpecIndex, query: AnchorQuery, number: string, outcome: Outcome): void {
  const other = query.addendum
    ? resolveAddendum(index, { ...query, number, title: '' })
    : /^\d/.test(number)
      ? choose(sectionsByNumber(index, number), number, '', index)
      : resolveIdentifier(index, number, '');
  outcome.statuses.push(...other.statuses);
  outcome.flags.push(...other.flags);
  outcome.candidates.push(...other.candidates);
  outcome.reasons.push(...other.reasons.map((reason) => `${number}: ${reason}`));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
