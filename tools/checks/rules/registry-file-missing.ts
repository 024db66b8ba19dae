import { idOfFile } from '../../artifacts/index.ts';
import { sight } from '../about/sight.ts';
import { mayBeUnread } from '../about/unread.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registryFileMissing = defineRule<'tree', Args>({
  id: 'registry/file-missing',
  summary: 'A row of the traceability registry names a stub or a packet that is there.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The row says which file is in force for a work packet, and that file is not there: it was renamed, never written, or mistyped. Everything that is looked up through the row leads to nothing.

Write the path of the stub or packet that is in force, or take the row out.`,
  message: ({ found }) => `Unexpected file "${found}", expected a stub or a packet of this tree`,
  *check(tree) {
    const there = new Set([...tree.stubs, ...tree.packets].map(({ path }) => path));
    const isUnread = mayBeUnread(tree);
    for (const row of tree.registry?.rows ?? []) {
      const path = row.activePacket;
      // A file or a folder that is there and cannot be read has a finding of its own.
      if (there.has(path) || isUnread(idOfFile(path) ?? path)) continue;
      yield { ...sight(row.activePlace, path), args: { found: path } };
    }
  },
});
