import { defineRule } from '../rule.ts';

export const checklistUnreadable = defineRule<'stub', object>({
  id: 'checklist/unreadable',
  summary: 'An activation checklist is nested no deeper than can be read.',
  appliesTo: 'stub',
  severity: 'error',
  message: () => 'Unexpected nesting of the checklist, expected a list of items: nothing of it was read',
  *check(stub) {
    for (const place of stub.checklist?.unreadable ?? []) yield { place, args: {} };
  },
});
