import { defineRule } from '../rule.ts';

interface Args {
  anchors: number;
}

export const anchorNoSpec = defineRule<'tree', Args>({
  id: 'anchor/no-spec',
  summary: 'Anchors are resolved: without a Master Spec none of them is proven, and the check says so.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `Every answer about an anchor would be a guess. SPEC_CURRENT names the spec in force; --spec names another.`,
  message: ({ anchors }) =>
    `Unexpected absence of a Master Spec, expected one to resolve anchors in (${anchors} of them)`,
  *check(tree, { specVersion }) {
    const candidates = tree.stubs.flatMap((stub) => stub.candidates);
    if (specVersion !== undefined || candidates.length === 0) return;
    yield { place: candidates[0]!.place, args: { anchors: candidates.length } };
  },
});
