import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

const POINTER = /(?:^|\/)SPEC_CURRENT\.(?:md|json)$/;
const SPEC = /[-_]Spec_v\d+(?:\.\d+)*\.md$/i;

export const stubSpecTarget = defineRule<'stub', Args>({
  id: 'stub/spec-target',
  summary: 'SPEC_TARGET of a stub is the path of the spec pointer, or of a Master Spec.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `Anchors mean nothing without the text that they lead to. SPEC_TARGET names the pointer that says which Master Spec is in force (.GOV/roles_shared/SPEC_CURRENT.md), so that a new version of the spec does not have to be written into every stub. What it resolved to when the stub was written may follow in parentheses.`,
  message: ({ found }) =>
    `Unexpected SPEC_TARGET "${found}", expected the path of SPEC_CURRENT.md or of a Master Spec`,
  *check({ specTarget }) {
    const path = specTarget?.value.replace(/^`(.*)`$/, '$1') ?? '';
    if (specTarget === undefined || path === '' || POINTER.test(path) || SPEC.test(path)) return;
    yield { place: specTarget.place, args: { found: specTarget.raw }, found: specTarget.raw };
  },
});
