import type { RefinementAnchor } from '../../artifacts/index.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  key: string;
  found: string;
}

const FIELDS: readonly (readonly [key: string, property: 'anchor' | 'startLine' | 'endLine' | 'token'])[] = [
  ['SPEC_ANCHOR', 'anchor'],
  ['CONTEXT_START_LINE', 'startLine'],
  ['CONTEXT_END_LINE', 'endLine'],
  ['CONTEXT_TOKEN', 'token'],
];

export const refinementAnchorIncomplete = defineRule<'refinement', Args>({
  id: 'refinement/anchor-incomplete',
  summary: 'An anchor of a refinement has a number, a window, a token and an excerpt.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `Four things hold each other: the section, the lines that were read, a token that occurs in them, and the text itself. Each alone can be made up. A field without a value is empty: the line below it is never taken for one.

"gov wp refine" writes them from the spec; a window that you type yourself counts lines from 1, both ends included.`,
  message: ({ key, found }) => `Unexpected ${found}, expected ${key} with a value`,
  *check(refinement) {
    const severity = gapSeverity(refinement);
    for (const anchor of refinement.anchors) {
      for (const [key, property] of FIELDS) {
        const field = anchor[property];
        if (field !== undefined && field.raw !== '') continue;
        const found = field === undefined ? `anchor without ${key}` : 'empty value';
        yield { place: field?.place ?? anchor.place, args: { key, found }, severity };
      }
      const found = excerptGap(anchor);
      if (found !== undefined) {
        const excerpt = anchor.fields.find(({ key }) => key === 'EXCERPT_ASCII_ESCAPED');
        const place = anchor.excerpt?.place ?? excerpt?.keyPlace ?? anchor.place;
        yield { place, args: { key: 'EXCERPT_ASCII_ESCAPED', found }, severity };
      }
    }
  },
});

function excerptGap({ excerpt }: RefinementAnchor): string | undefined {
  if (excerpt === undefined) return 'anchor without an excerpt';
  const text = excerpt.lines.join('\n').trim();
  if (text === '') return 'empty excerpt';
  return /^<(?:paste|fill|pending|excerpt)\b[^>]*>$/i.test(text) ? `excerpt "${text}"` : undefined;
}
