import { ancestors } from '../../lookup.ts';
import { isPrefix, partsOf } from '../../sections/headings.ts';
import type { Numbered } from '../../sections/numbering.ts';
import { groupBy } from '../../sections/numbering.ts';
import { headingPlace, relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  after: string;
}

export const order = defineLintRule<Args>({
  id: 'spec/order',
  summary: 'Section numbers rise.',
  severity: 'info',
  docs: `A reader who looks for 4.2.2.3 stops at 4.2.3. Each finding is one place where the numbers fall; what follows is compared with the number that stands there. Sections in the wrong place and numbers that stand twice are reported by spec/misplaced-section and spec/duplicate-number alone.`,
  message: ({ number, after }) => `Unexpected ${number} after ${after}, expected it before`,
  *check({ index, numbering }) {
    const stray = new Set(
      numbering.numbered
        .filter((section) => !section.inPlace && !numbering.ownerOf(section))
        .map(({ id }) => id),
    );
    const placed = numbering.numbered.filter(
      (section) => ![section, ...ancestors(index.sections, section)].some(({ id }) => stray.has(id)),
    );
    for (const sections of groupBy(placed, numbering.ownerOf).values()) {
      const seen = new Set<string>();
      let before: Numbered | undefined;
      for (const section of sections) {
        if (before && !seen.has(section.number) && falls(before.number, section.number)) {
          yield {
            place: headingPlace(index, section),
            args: { number: section.number, after: before.number },
            related: [relatedTo(before)],
          };
        }
        seen.add(section.number);
        before = section;
      }
    }
  },
});

/** `2.3.4` then `2.3.3`. Letters and versions have no order among numbers. */
function falls(before: string, after: string): boolean {
  const [left, right] = [partsOf(before), partsOf(after)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return Number(right[i]) < Number(left[i]);
  }
  return before !== after && isPrefix(after, before);
}
