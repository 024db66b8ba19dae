import { linePlace } from '../../../findings/index.ts';
import { stripTags } from '../../sections/headings.ts';
import { headingOfRow } from '../matrix-heading.ts';
import { relatedTo } from '../places.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  found: string;
  expected: string;
}

export const matrixTitle = defineLintRule<Args>({
  id: 'spec/matrix-title',
  summary: 'A row of the Coverage Matrix has the title of its section, version tags included.',
  severity: 'warning',
  docs: `A row with another title may speak of a section that has since been renumbered: its YES or NO then stands for the wrong text. Where only a version tag ([ADD v02.130]) differs, the finding is a note; (Normative) and its like may be left out.`,
  message: ({ number, found, expected }) =>
    `Unexpected title "${found}" in the row of ${number}, expected "${expected}" as in the heading`,
  *check({ index, numbering }) {
    for (const row of index.matrix ?? []) {
      const section = headingOfRow(numbering, row.number);
      if (!section) continue;
      const found = stripTags(row.title.replaceAll('\\|', '|'));
      const expected = { rest: section.title, tags: section.tags };
      if (withVersion(found) === withVersion(expected)) continue;
      yield {
        place: linePlace(row.file, row.line),
        args: { number: row.number, found: withVersion(found), expected: withVersion(expected) },
        ...(folded(found.rest) === folded(expected.rest) && { severity: 'info' as const }),
        related: [relatedTo(section)],
      };
    }
  },
});

function withVersion({ rest, tags }: { rest: string; tags: string[] }): string {
  return [folded(rest), ...tags.filter((tag) => tag.startsWith('['))].join(' ');
}

function folded(title: string): string {
  return title.replace(/\s+/g, ' ').trim();
}
