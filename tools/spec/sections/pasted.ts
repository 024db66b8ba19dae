import { type Finding, linePlace } from '../../findings/index.ts';
import { headingPlace } from '../lint/places.ts';
import { descendantsOf, sectionsByNumber } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';
import { partsOf } from './headings.ts';

/**
 * Repair rule R4: clauses that stand in the `md` fence of a template, where a strict reader sees no heading. They
 * are read, and each is told with the fence that it stands in.
 */
export function pastedClauses(index: SpecIndex): Finding[] {
  return index.sections.flatMap((section) => {
    const sign = signOf(index, section);
    const { number, container, parent, file } = section;
    if (sign === undefined || number === undefined || container === undefined) return [];
    if (parent !== undefined && signOf(index, index.sections[parent]!) !== undefined) return [];
    const subsections = descendantsOf(index, section).length;
    const all = subsections > 0 ? `${number} and its ${subsections} subsections` : number;
    return {
      rule: 'spec/in-template-fence',
      severity: 'warning',
      place: headingPlace(index, section),
      message: `Unexpected ${all} inside the template fence of line ${container}, expected outside: ${sign}`,
      args: { repair: 'R4', hides: subsections + 1, number, container, subsections, sign },
      related: [{ place: linePlace(file, container), note: 'the template fence' }],
    } satisfies Finding;
  });
}

/** Does a section in a fence belong to the spec, and not to the template around it? */
export function isPastedClause(index: SpecIndex, section: SpecSection): boolean {
  return signOf(index, section) !== undefined;
}

const VERSION_TAG = /^[[(](?:ADD|UPDATED) v/i;

/** What tells that a heading in a fence is a clause; undefined where it belongs to the template. */
function signOf(index: SpecIndex, section: SpecSection): string | undefined {
  const { number, container, tags, authority } = section;
  if (number === undefined || container === undefined) return undefined;
  if (sectionsByNumber(index, number).some((other) => other.container === undefined)) return undefined;
  // A template's own numbers are short: its `9.7` says nothing about chapter 9 of the spec.
  if (authority === 'YES' && partsOf(number).length > 2) {
    return 'the Coverage Matrix says YES for its number';
  }
  const tag = tags.find((candidate) => VERSION_TAG.test(candidate));
  return tag === undefined ? undefined : `it is tagged ${tag}`;
}
