import { identifierById } from '../identifiers/index.ts';
import { fingerprintOf, sectionsByNumber } from '../lookup.ts';
import type { AnchorFlag, AnchorQuery, AnchorResult, AnchorStatus, SpecFile, SpecIndex } from '../model.ts';
import { sameTitle } from '../sections/headings.ts';
import { resolveAddendum } from './addendum.ts';
import { choose } from './choose.ts';
import { resolveGroup, resolveIdentifier } from './identifier.ts';
import { resolveLine } from './line.ts';
import { resolveNumber } from './number.ts';
import { failed, type Outcome } from './outcome.ts';
import { parseAnchor, versionIn } from './parse.ts';

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
  outcome.reasons.push(...noteReasons(index, query));
  const flags = [...fileFlags(index, query, options), ...outcome.flags];
  const { section, identifier, paragraph } = outcome;
  const print = outcome.fingerprint ?? (section && fingerprintOf(index, section));
  return {
    query,
    status: STATUSES.find((status) => outcome.statuses.includes(status)) ?? 'UNIQUE',
    flags: [...new Set(flags)],
    ...(section && { section }),
    ...(identifier && { identifier }),
    ...(paragraph && { paragraph }),
    ...(print !== undefined && { fingerprint: print }),
    candidates: [...new Set(outcome.candidates)],
    reasons: outcome.reasons,
  };
}

/** `2.3.10 Artifact System (incl. 2.3.10.9 Materialize)`: what a note names beside the target is told when it is gone. */
function noteReasons(index: SpecIndex, { text }: AnchorQuery): string[] {
  const reasons: string[] = [];
  for (const [, note = ''] of text.slice(0, LONGEST).matchAll(/\(([^()]*)\)/g)) {
    for (const [, number = '', title = ''] of note.matchAll(NUMBER_AND_TITLE)) {
      const carriers = sectionsByNumber(index, number);
      const [first] = carriers;
      if (!first || carriers.some((section) => sameTitle(title, section.title))) continue;
      reasons.push(`its note says "${title}" of ${number}, whose heading says "${first.title}"`);
    }
  }
  return reasons;
}

const NUMBER_AND_TITLE = /(?<![\w.])(\d+(?:\.\d+){2,})\s+(\p{Lu}[\p{L} -]{3,80})/gu;
/** Anchors are lines of text; of anything longer the notes are not looked at. */
const LONGEST = 4096;

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
  if (
    known &&
    name !== undefined &&
    !ownFile(index, query) &&
    !known.some((file) => baseName(file) === name)
  ) {
    flags.push('SPEC_FILE_ABSENT');
  }
  return flags;
}

function ofThisVersion(index: SpecIndex, query: AnchorQuery): boolean {
  return query.version === undefined || query.version.toLowerCase() === index.version.toLowerCase();
}

/** The file of this spec that the anchor names. Modules are called the same in every version. */
function ownFile(index: SpecIndex, query: AnchorQuery): SpecFile | undefined {
  const name = query.file === undefined ? undefined : baseName(query.file);
  if (name === undefined || (versionIn(name) === undefined && !ofThisVersion(index, query))) return undefined;
  return index.files.find((file) => baseName(file.path) === name);
}

function resolveFirst(index: SpecIndex, query: AnchorQuery): Outcome {
  const { identifier } = query;
  if (query.addendum) return resolveAddendum(index, query);
  if (query.number !== undefined) return resolveNumber(index, query);
  if (identifier !== undefined) {
    return query.wildcard
      ? resolveGroup(index, identifier)
      : resolveIdentifier(index, identifier, query.title);
  }
  return query.line === undefined
    ? failed('NO_NUMBER', 'the anchor names no section number', ...inCapitals(index, query))
    : resolveLine(index, query, ownFile(index, query));
}

/** An id is written in capitals: what looks like one in small letters may be meant as it. */
function inCapitals(index: SpecIndex, { text }: AnchorQuery): string[] {
  const id = text.trim().replaceAll('`', '').toUpperCase();
  return /^[A-Z]+(-\w+)+$/.test(id) && identifierById(index, id) ? [`nearest: ${id}`] : [];
}

/** A further number of the same anchor: whatever is wrong with it is wrong with the anchor. */
function addOther(index: SpecIndex, query: AnchorQuery, number: string, outcome: Outcome): void {
  const title = query.otherTitles?.[number] ?? '';
  // One title behind several numbers may be that of all of them together.
  const noted = query.title === '';
  const other = query.addendum
    ? resolveAddendum(index, { ...query, number, title })
    : /^\d/.test(number)
      ? choose(sectionsByNumber(index, number), number, title, index, noted)
      : resolveIdentifier(index, number, '');
  outcome.statuses.push(...other.statuses);
  outcome.flags.push(...other.flags);
  outcome.candidates.push(...other.candidates);
  outcome.reasons.push(...other.reasons.map((reason) => `${number}: ${reason}`));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
