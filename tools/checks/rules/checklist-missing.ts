import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const checklistMissing = defineRule<'stub', Args>({
  id: 'checklist/missing',
  summary: 'A stub has an activation checklist: the gate answers its items.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `The gate answers the activation checklist item by item. Without one there is nothing to answer, and a stub that asks for nothing must not count as one that has everything.

Add a section "## ACTIVATION_CHECKLIST" with the items of the template.`,
  message: ({ found }) => `Unexpected ${found}, expected an activation checklist with items`,
  *check(stub) {
    if (stub.checklist === undefined) {
      const last = Math.max(stub.file.lines.length, 1);
      yield { place: linePlace(stub.path, last), args: { found: 'end of the stub' } };
    } else if (stub.checklist.items.length === 0 && stub.checklist.unreadable.length === 0) {
      yield { place: stub.checklist.place, args: { found: 'checklist without items' } };
    }
  },
});
