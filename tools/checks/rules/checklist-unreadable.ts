import { defineRule } from '../rule.ts';

export const checklistUnreadable = defineRule<'stub', object>({
  id: 'checklist/unreadable',
  summary: 'An activation checklist is nested no deeper than can be read.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `Lists within lists within quotes, some hundred deep, are no checklist: they only keep a reader busy. Nothing of such a list is read, so that nothing in it can count as done.

Write the items as a plain list.`,
  message: () => 'Unexpected nesting of the checklist, expected a list of items: nothing of it was read',
  *check(stub) {
    for (const place of stub.checklist?.unreadable ?? []) yield { place, args: {} };
  },
});
