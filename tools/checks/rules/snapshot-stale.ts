import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

export const snapshotStale = defineRule<'tree', Args>({
  id: 'snapshot/stale',
  summary: 'The snapshot of the governance tree names the Master Spec that is in force.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `PRODUCT_GOVERNANCE_SNAPSHOT.json tells the product which spec and which records it was governed by. The gate that was to watch over it wrote the file anew before it looked, and compared it with itself: it could never be stale, and one of six versions ago was reported as good.

Here the file is only read. Take the snapshot again, in the commit that moves SPEC_CURRENT.`,
  message: ({ found, expected }) =>
    `Unexpected spec "${found}" of the snapshot, expected "${expected}", the one in force`,
  *check({ governanceSnapshot, pointer }) {
    const { specTarget, version } = governanceSnapshot ?? {};
    if (specTarget === undefined || version === undefined || pointer?.spec === undefined) return;
    if (pointer.version === undefined || version === pointer.version) return;
    yield {
      place: specTarget.place,
      args: { found: specTarget.text, expected: pointer.spec.text },
      found: specTarget.source,
      related: [{ place: pointer.spec.place, note: 'the spec in force' }],
    };
  },
});
