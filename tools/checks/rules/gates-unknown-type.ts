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
  docs: `The gates look for REFINEMENT, SIGNATURE and PREPARE. An event of another type was written by hand or by another tool: no gate ever sees it, so that whoever wrote "APPROVAL" believes something is recorded that is not. Record the step by its recipe; an approval belongs in the refinement, as USER_APPROVAL_EVIDENCE.`,
  message: ({ found }) => `Unexpected event "${found}", expected ${TYPES.join(', ')}`,
  *check({ events }) {
    for (const { type, entry } of events) {
      if (TYPES.includes(type)) continue;
      const { place, source } = entry.at('type')!;
      yield { place, args: { found: type }, found: source };
    }
  },
});
