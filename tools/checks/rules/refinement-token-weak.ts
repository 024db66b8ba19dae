import { isPlaceholder } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

/** Shorter than any token that was ever chosen on purpose. */
const SHORTEST = 4;

export const refinementTokenWeak = defineRule<'refinement', Args>({
  id: 'refinement/token-weak',
  summary: `A context token has at least ${SHORTEST} characters.`,
  appliesTo: 'refinement',
  severity: 'warning',
  docs: `The token shows that the window is the right one: it occurs there and hardly anywhere else. The letter "e" occurs in every line, and a refinement with that token passed. Take the name of the type, the event or the heading.`,
  message: ({ found }) => `Unexpected token "${found}", expected at least ${SHORTEST} characters of the text`,
  *check({ anchors }) {
    for (const { token } of anchors) {
      if (token === undefined || isPlaceholder(token.value)) continue;
      const text = token.raw.replace(/^`(.*)`$/, '$1');
      if (text.trim().length < SHORTEST)
        yield { place: token.place, args: { found: text }, found: token.raw };
    }
  },
});
