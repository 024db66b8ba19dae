import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registryFileMissing = defineRule<'registry', Args>({
  id: 'registry/file-missing',
  summary: 'A row of the traceability registry names a stub or a packet that is there.',
  appliesTo: 'registry',
  severity: 'error',
  message: ({ found }) => `Unexpected file "${found}", expected a stub or a packet of this tree`,
  *check(registry, { tree }) {
    const there = new Set([...tree.stubs, ...tree.packets].map(({ path }) => path));
    // One that is there and cannot be read has a finding of its own.
    for (const { place } of tree.findings) there.add(place.file);
    for (const row of registry.rows) {
      if (there.has(row.activePacket)) continue;
      yield { place: row.activePlace, args: { found: row.activePacket }, found: row.activePacket };
    }
  },
});
