import type { SpecIndex } from '../../spec/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import { scopeOf } from './scope.ts';
import { sentencesOf } from './sentences.ts';

const OBLIGES = /\b(?:MUST|SHALL|REQUIRED|required)\b|\bis executed\b/;
/** One event, and not what is said of every event. */
const EVENT =
  /(?<!\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Aa]ll) )\b(?:Flight Recorder|FR) event\b(?!s| MUST\b| payload)/;
const LOGS =
  /\b(?:logged|log|recorded|record|linked)\b[^.;]{0,200}\bFlight Recorder\b|\bFlight Recorder logging\b|\bMUST be (?:[a-z ]{1,60} and )?logged\b(?! (?:in|to) `)/;
/** What may not be recorded demands nothing. */
const FORBIDS = /\bMUST NOT be (?:recorded|logged)\b/;

/**
 * Clauses that demand an event or an entry of the Flight Recorder, where the clause (its item or paragraph) names
 * no id: an implementer has nothing to emit. Only sentences that oblige, in the sections around the definitions;
 * that a section names ids for other clauses does not answer this one.
 */
export function eventsDemanded(
  index: SpecIndex,
  types: readonly TypeNode[],
  events: readonly EventNode[],
): Diagnostic[] {
  return scopeOf(index, [...types, ...events]).flatMap((section) =>
    sentencesOf(index, section).flatMap(({ text, clause, named, file, line }) => {
      if (named || FORBIDS.test(text) || !OBLIGES.test(text) || !(EVENT.test(text) || LOGS.test(text)))
        return [];
      const where = clause ?? section.number ?? section.title;
      const message = `Unexpected demand of ${where} for an event without an id, expected an FR-EVT id that it can be met with`;
      const details = { args: { clause: clause ?? '', section: section.number ?? '' } };
      return [{ finding: finding('event-demanded', 'info', { file, line }, message, details) }];
    }),
  );
}
