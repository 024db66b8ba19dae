import { idOfFile } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';
import { sight } from '../sight.ts';

interface Args {
  found: string;
  expected: string;
}

export const registryActiveMismatch = defineRule<'tree', Args>({
  id: 'registry/active-mismatch',
  summary: '`active=ID` in the notes of a row and the path in the same row name one work packet.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The row says twice which packet is in force. Where the two differ, one of them was forgotten when a revision was replaced, and half of the readers follow the wrong one.`,
  message: ({ found, expected }) =>
    `Unexpected active=${found}, expected ${expected} as in the path of the row`,
  *check({ registry }) {
    for (const { parts, activePacket, activePlace } of registry?.rows ?? []) {
      const expected = idOfFile(activePacket);
      if (expected === undefined) continue;
      for (const { kind, value } of parts) {
        if (kind !== 'active' || value === undefined || value.text === expected) continue;
        const related = [{ place: activePlace, note: 'the path' }];
        yield {
          ...sight(value.place, value.text),
          args: { found: value.text, expected },
          expected,
          related,
        };
      }
    }
  },
});
