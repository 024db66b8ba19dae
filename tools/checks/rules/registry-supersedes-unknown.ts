import { hasDocument, isWpId, workPackets } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registrySupersedesUnknown = defineRule<'tree', Args>({
  id: 'registry/supersedes-unknown',
  summary: 'What a row says is superseded has a document, or an entry on the Task Board.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `A slip in the id leaves the packet that was meant in force: nobody who looks it up reads that it was replaced.

Write the id as it stands in the file name of the packet, or on the Task Board where the file is gone.`,
  message: ({ found }) => `Unexpected id "${found}" under supersedes, expected a work packet of this tree`,
  *check(tree) {
    const packets = workPackets(tree);
    const isUnread = mayBeUnread(tree);
    for (const { parts } of tree.registry?.rows ?? []) {
      for (const { text, place } of parts.flatMap(({ ids }) => ids)) {
        const work = packets.get(text);
        if (work !== undefined && (hasDocument(work) || work.entries.length > 0)) continue;
        if (isUnread(text) || !isWpId(text)) continue;
        yield { ...sight(place, text), args: { found: text } };
      }
    }
  },
});
