import {
  chooseDefinition,
  definitionFingerprint,
  identifierById,
  identifiersOf,
  nearestIdentifier,
} from '../identifiers/index.ts';
import { isWithin, linesOf, sectionAt } from '../lookup.ts';
import type { Identifier, IdentifierDefinition, SpecIndex, SpecSection } from '../model.ts';
import { sameTitle } from '../sections/headings.ts';
import { judgePlace } from './judge.ts';
import { failed, type Outcome } from './outcome.ts';

/** An id that the spec defines once, or once in the place that counts. */
export function resolveIdentifier(index: SpecIndex, id: string, title: string): Outcome {
  const identifier = identifierById(index, id);
  if (!identifier) return failed('UNRESOLVED', ...unknown(index, id));
  if (identifier.definitions.length === 0) return undefinedId(index, identifier);
  const { kept, flags, reasons } = chooseDefinition(index, identifier);
  const candidates = sectionsOf(identifier.definitions);
  const [definition] = kept;
  if (kept.length > 1 || !definition) {
    const places = kept.map(({ line, title: says }) => `line ${line} "${cut(says)}"`).join(', ');
    const reason = `${kept.length} definitions of ${id} differ: ${places}`;
    return { statuses: ['AMBIGUOUS'], flags, candidates, reasons: [...reasons, reason] };
  }
  const { section } = definition;
  const judged = section ? judgePlace(index, section) : { statuses: [], reasons: [] };
  const mismatch = !sameTitle(title, saying(index, definition));
  return {
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : [])],
    flags,
    ...(section && { section }),
    identifier: { id, definition },
    fingerprint: definitionFingerprint(index, definition),
    candidates: section ? [...new Set([section, ...candidates])] : candidates,
    reasons: [...reasons, ...(mismatch ? [differs(id, definition, title)] : []), ...judged.reasons],
  };
}

/** `FR-EVT-SESS-*`: the ids whose last part is a number, or else everything that begins so. */
export function groupMembers(index: SpecIndex, group: string): string[] {
  const below = identifiersOf(index)
    .filter(({ id, definitions }) => id.startsWith(`${group}-`) && definitions.length > 0)
    .map(({ id }) => id);
  // `FR-EVT-SESS-*` is not meant to take in `FR-EVT-SESS-SPAWN-001`.
  const own = below.filter((id) => /^\d+[A-Z]*$/.test(id.slice(group.length + 1)));
  return own.length > 0 ? own : below;
}

/** All of {@link groupMembers}; what is wrong with one of them is wrong with the group. */
export function resolveGroup(index: SpecIndex, group: string): Outcome {
  const members = groupMembers(index, group);
  if (members.length === 0) {
    const named = identifiersOf(index).filter(({ id }) => id.startsWith(`${group}-`));
    const defined = named.length === 0 ? '' : `, though ${named.length} are named`;
    return failed('UNRESOLVED', `no id is defined that begins with ${group}-${defined}`);
  }
  const outcome: Outcome = { statuses: [], flags: ['WILDCARD'], candidates: [], reasons: [] };
  for (const id of members) {
    const one = resolveIdentifier(index, id, '');
    outcome.statuses.push(...one.statuses);
    if (one.section) outcome.section ??= one.section;
    outcome.candidates.push(...(one.section ? [one.section] : one.candidates));
    for (const reason of one.reasons) if (!outcome.reasons.includes(reason)) outcome.reasons.push(reason);
  }
  outcome.reasons.unshift(`it covers ${members.length} ids: ${members[0]} to ${members.at(-1)}`);
  return outcome;
}

/** What is found where one of the definitions stands in the section or below it. */
export function identifierWithin(
  index: SpecIndex,
  id: string,
  section: SpecSection,
  title: string,
): Pick<Outcome, 'identifier' | 'fingerprint' | 'statuses' | 'reasons'> | undefined {
  const identifier = identifierById(index, id);
  const definitions = (identifier?.definitions ?? []).filter(
    ({ section: own }) => own && isWithin(index, own, section),
  );
  if (!identifier || definitions.length === 0) return undefined;
  const [definition] = chooseDefinition(index, { ...identifier, definitions }).kept;
  const judged = judgePlace(index, section);
  const mismatch = !sameTitle(title, saying(index, definition!));
  return {
    identifier: { id, definition: definition! },
    fingerprint: definitionFingerprint(index, definition!),
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : [])],
    reasons: [...(mismatch ? [differs(id, definition!, title)] : []), ...judged.reasons],
  };
}

function differs(id: string, { title: says }: IdentifierDefinition, title: string): string {
  return `${id} says "${cut(says)}", the anchor says "${title}"`;
}

function unknown(index: SpecIndex, id: string): string[] {
  const near = nearestIdentifier(index, id);
  return [`no id ${id} is named in ${index.version}`, ...(near === undefined ? [] : [`nearest: ${near}`])];
}

function undefinedId(index: SpecIndex, { id, places }: Identifier): Outcome {
  const sections = places.flatMap(({ file, line }) => sectionAt(index, file, line) ?? []);
  const candidates = [...new Set(sections)];
  const times = `${places.length} time${places.length === 1 ? '' : 's'}, first at line ${places[0]!.line}`;
  if (/^[A-Z]+ v/.test(id)) {
    const [section] = candidates;
    if (candidates.length === 1)
      return { ...judgePlace(index, section!), flags: [], section: section!, candidates };
    return {
      ...failed('AMBIGUOUS', `the tag marks ${candidates.length} sections: it stands ${times}`),
      candidates,
    };
  }
  const group = identifiersOf(index).filter((other) => other.id.startsWith(`${id}-`)).length;
  const reasons = [`${id} is named ${times}, and defined nowhere`];
  if (group > 0) reasons.push(`${group} id${group === 1 ? ' begins' : 's begin'} with ${id}-`);
  return { ...failed('UNRESOLVED', ...reasons), candidates };
}

function sectionsOf(definitions: readonly IdentifierDefinition[]): SpecSection[] {
  return [...new Set(definitions.flatMap(({ section }) => section ?? []))];
}

/** The words that a definition may be known by: its own, and those of the heading above it. */
function saying(index: SpecIndex, definition: IdentifierDefinition): string {
  return [definition.title, ...linesOf(index, definition), definition.section?.title ?? ''].join(' ');
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
