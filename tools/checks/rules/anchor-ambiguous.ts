import type { Place } from '../../findings/index.ts';
import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  number: string;
  candidates: string[];
}

export const anchorAmbiguous = defineRule<'anchor', Args>({
  id: 'anchor/ambiguous',
  summary: 'An anchor names one section: where numbers repeat, its title says which.',
  appliesTo: 'anchor',
  severity: 'error',
  docs: `The Master Spec gives some numbers to several sections: 11.5 stands there four times. An anchor that is nothing but such a number can be read as any of them, and whoever implements it chooses.

Write the title of the section behind the number. Where the titles are the same too, the section in its own chapter is taken.`,
  message: ({ number, candidates }) =>
    `Unexpected anchor ${number} for ${candidates.length} sections (${candidates.join('; ')}), expected the title of one of them`,
  *check({ candidate, result }) {
    if (result.status !== 'AMBIGUOUS') return;
    const sections = result.candidates;
    yield {
      place: candidate.place,
      args: {
        number: result.query.number ?? result.query.text,
        candidates: sections.map(({ title, file, line }) => `"${title}" at ${file}:${line}`),
      },
      related: sections.map(({ file, line, title }): { place: Place; note: string } => ({
        place: spanPlace(file, line, 1, 0),
        note: title,
      })),
    };
  },
});
