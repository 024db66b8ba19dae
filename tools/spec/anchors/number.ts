import { count } from '../../text/index.ts';
import { sectionsByNumber } from '../lookup.ts';
import type { AnchorQuery, AnchorStatus, SpecIndex, SpecSection } from '../model.ts';
import { choose, pick } from './choose.ts';
import { coveredBy } from './covered.ts';
import { hintsFor } from './hints.ts';
import { identifierWithin, resolveIdentifier } from './identifier.ts';
import { judge } from './judge.ts';
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
  if (query.wildcard || query.rangeEnd !== undefined) addCovered(index, query, outcome);
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

/** All that the wildcard or the range covers is part of the anchor: the worst of it is what the anchor is. */
function addCovered(index: SpecIndex, query: AnchorQuery, outcome: Outcome): void {
  const { section } = outcome;
  outcome.flags.push(query.rangeEnd === undefined ? 'WILDCARD' : 'RANGE');
  if (!section) return;
  const covered = coveredBy(index, query, section);
  if (!covered) {
    const end = query.rangeEnd!;
    const found = sectionsByNumber(index, end).length > 0;
    outcome.statuses.push('UNRESOLVED');
    outcome.reasons.push(
      found ? `the range ends at ${end}, before it begins` : `the end of the range, ${end}, is not found`,
    );
    return;
  }
  const others = covered.filter((other) => other !== section);
  outcome.candidates.push(...others);
  outcome.reasons.push(`it covers ${count(covered.length, 'section')}`);
  const counts = new Map<AnchorStatus, number>();
  for (const status of others.flatMap((other) => judge(index, other, '').statuses)) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  for (const [status, n] of counts) {
    outcome.statuses.push(status);
    outcome.reasons.push(`${n} of the sections below it ${n === 1 ? 'is' : 'are'} ${status}`);
  }
}
