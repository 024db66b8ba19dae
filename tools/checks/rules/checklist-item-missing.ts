import { type Intent, intentAbout, type Stub } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  items: number;
  intent: Intent;
}

/** What every stub of the family asks for; family L has no item about the Main Body or about notes. */
const REQUIRED: Record<Stub['family'], readonly Intent[]> = {
  M: ['main_body', 'refinement_block', 'signature', 'refinement_file', 'packet', 'copy_notes', 'board'],
  L: ['refinement_block', 'signature', 'refinement_file', 'packet', 'board'],
};

export const checklistItemMissing = defineRule<'stub', Args>({
  id: 'checklist/item-missing',
  summary: 'The activation checklist has every item that its family of stubs has.',
  appliesTo: 'stub',
  severity: 'warning',
  docs: `The checklist is the list of what must be proven before a stub becomes a packet. Each family of stubs has the same items; nine stubs of one tree had lost the one about copying the notes, and what was agreed in them never reached the packet.

Add the item. Its words are free: it is recognised by what it speaks about.`,
  message: ({ items, intent }) =>
    `Unexpected end of the checklist after ${items} item${items === 1 ? '' : 's'}, expected an item about ${intentAbout(intent)}`,
  *check(stub) {
    const items = stub.checklist?.items ?? [];
    const last = items.at(-1);
    if (last === undefined) return; // checklist/missing says that
    for (const intent of REQUIRED[stub.family]) {
      if (items.some((item) => item.intent === intent)) continue;
      yield { place: linePlace(stub.path, last.place.endLine), args: { items: items.length, intent } };
    }
  },
});
