import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

const TYPES = ['REFINEMENT', 'SIGNATURE', 'PREPARE'];

export const gatesUnknownType = defineRule<'gates', Args>({
  id: 'gates/unknown-type',
  summary: 'An event of the gate log is a refinement, a signature or a preparation.',
  appliesTo: 'gates',
  severity: 'error',
  message: ({ found }) => `Unexpected event "${found}", expected ${TYPES.join(', ')}`,
  *check({ events }) {
    for (const { type, entry } of events) {
      if (TYPES.includes(type)) continue;
      const { place, source } = entry.at('type')!;
      yield { place, args: { found: type }, found: source };
    }
  },
});
