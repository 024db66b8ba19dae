import { partsOf } from '../../headings.ts';
import { descendantsOf, sectionsByNumber } from '../../lookup.ts';
import type { SpecIndex, SpecSection } from '../../model.ts';
import { headingPlace } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  container: number;
  subsections: number;
  sign: string;
}

export const inTemplateFence = defineLintRule<Args>({
  id: 'spec/in-template-fence',
  summary: 'No clause of the spec stands inside the fence of a template.',
  severity: 'warning',
  docs: `A Markdown fence holds the text of a file that the spec prescribes. A clause that was pasted into one is part of that file for every reader of Markdown: it has no heading, no place in the chapter that its number names, and a strict reader does not see it at all.

A section in a fence counts as such a clause when no heading outside carries its number, and the Coverage Matrix gives that number authority or the heading has a tag of a spec version ([ADD v02.137]). Move it out of the fence, under its chapter. Until then its anchors are IN_TEMPLATE_FENCE.`,
  message: ({ number, container, subsections, sign }) => {
    const all = subsections > 0 ? `${number} and its ${subsections} subsections` : number;
    return `Unexpected ${all} inside the template fence of line ${container}, expected outside: ${sign}`;
  },
  *check({ index }) {
    for (const section of index.sections) {
      const sign = signOf(index, section);
      const { number, container, parent } = section;
      if (sign === undefined || number === undefined || container === undefined) continue;
      if (parent !== undefined && signOf(index, index.sections[parent]!) !== undefined) continue;
      yield {
        place: headingPlace(index, section),
        args: { number, container, subsections: descendantsOf(index, section).length, sign },
      };
    }
  },
});

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
