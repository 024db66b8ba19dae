import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registryFileMissing = defineRule<'tree', Args>({
  id: 'registry/file-missing',
  summary: 'A row of the traceability registry names a stub or a packet that is there.',
  appliesTo: 'tree',
  severity: 'error',
  message: ({ found }) => `Unexpected file "${found}", expected a stub or a packet of this tree`,
  *check(tree) {
    const there = new Set([...tree.stubs, ...tree.packets].map(({ path }) => path));
    // A file or a folder that is there and cannot be read has a finding of its own.
    for (const row of tree.registry?.rows ?? []) {
      const path = row.activePacket;
      if (there.has(path) || tree.unread.some((each) => path === each || path.startsWith(`${each}/`)))
        continue;
      yield { place: row.activePlace, args: { found: row.activePacket }, found: row.activePacket };
    }
  },
});
