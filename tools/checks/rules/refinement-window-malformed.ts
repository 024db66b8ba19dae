import { isPlaceholder } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const refinementWindowMalformed = defineRule<'refinement', Args>({
  id: 'refinement/window-malformed',
  summary: 'The window of an anchor is two line numbers in order.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `CONTEXT_START_LINE and CONTEXT_END_LINE are whole numbers from 1, both included, the first not after the second. "120-140", "~300" or an end before its start is no window: nothing can be looked for in it.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ anchors }) {
    for (const { startLine, endLine, window } of anchors) {
      if (window !== undefined) continue;
      const fields = [startLine, endLine].filter((field) => field !== undefined);
      const filled = fields.filter(({ value }) => !isPlaceholder(value));
      const wrong = filled.filter(({ value }) => !/^[1-9]\d{0,8}$/.test(value));
      for (const { key, raw, place } of wrong) {
        yield { place, args: { found: `${key} "${raw}"`, expected: 'a line number' }, found: raw };
      }
      if (wrong.length > 0 || filled.length < 2) continue;
      const [start, end] = filled.map(({ value }) => value);
      const { place, raw } = filled[1]!;
      yield { place, args: { found: `end ${end}`, expected: `a line from ${start} on` }, found: raw };
    }
  },
});
