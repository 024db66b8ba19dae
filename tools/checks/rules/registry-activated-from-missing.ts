import { sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const registryActivatedFromMissing = defineRule<'tree', Args>({
  id: 'registry/activated-from-missing',
  summary: 'The stub that a row says a packet was activated from is there.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `The note is the only link from a packet to a stub of another id (the stub of revision 1, the packet of revision 2). A stub stays in its folder when it is activated: it is history.`,
  message: ({ found }) => `Unexpected path "${found}" of the stub, expected a stub of this tree`,
  *check(tree) {
    const stubs = new Set(tree.stubs.map(({ path }) => path));
    for (const { parts } of tree.registry?.rows ?? []) {
      for (const { kind, value } of parts) {
        if (kind !== 'activated_from' || value === undefined || stubs.has(value.text)) continue;
        // One that is there and cannot be read has a finding of its own.
        if (tree.paths.has(value.text)) continue;
        yield { ...sight(value.place, value.text), args: { found: value.text } };
      }
    }
  },
});
