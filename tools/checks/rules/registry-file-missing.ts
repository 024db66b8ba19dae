import { idOfFile } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';
import { sight } from '../sight.ts';
import { mayBeUnread } from '../unread.ts';

interface Args {
  found: string;
}

export const registryFileMissing = defineRule<'tree', Args>({
  id: 'registry/file-missing',
  summary: 'A row of the traceability registry names a stub or a packet that is there.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `The row is the only way from a base id to its file. One that leads nowhere is worse than none: write the path as it stands in the tree, below the governance folder.`,
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
