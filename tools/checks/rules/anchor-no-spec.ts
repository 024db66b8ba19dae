import { defineRule } from '../rule.ts';

interface Args {
  anchors: number;
}

export const anchorNoSpec = defineRule<'tree', Args>({
  id: 'anchor/no-spec',
  summary: 'Anchors are resolved: without a Master Spec none of them is proven, and the check says so.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `An anchor is proven by the text that it leads to. In a tree without a Master Spec nothing was compared, and a check that says nothing of it would look like one that found nothing.

Name the spec with --spec, or put it where .GOV/roles_shared/SPEC_CURRENT.md says.`,
  message: ({ anchors }) =>
    `Unexpected absence of a Master Spec, expected one to resolve anchors in (${anchors} of them)`,
  *check(tree, { specVersion }) {
    const candidates = tree.stubs.flatMap((stub) => stub.candidates);
    if (specVersion !== undefined || candidates.length === 0) return;
    yield { place: candidates[0]!.place, args: { anchors: candidates.length } };
  },
});
