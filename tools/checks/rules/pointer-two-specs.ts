import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  spec: string;
}

export const pointerTwoSpecs = defineRule<'pointer', Args>({
  id: 'pointer/two-specs',
  summary: 'SPEC_CURRENT names one version of the Master Spec, and mentions no other.',
  appliesTo: 'pointer',
  severity: 'error',
  docs: 'The bold file after the marker is the one. Tools that take the first file of the text, or its highest version, find another where one is mentioned; a version without a file misleads only people, and is a warning.',
  message: ({ found, spec }) => `Unexpected mention of ${found}, expected only the version of "${spec}"`,
  *check({ spec, version, mentions }) {
    if (spec === undefined || version === undefined) return;
    for (const mention of mentions) {
      if (numbers(mention.version) === numbers(version)) continue;
      yield {
        place: mention.place,
        args: { found: mention.text, spec: spec.text },
        found: mention.text,
        severity: mention.file ? 'error' : 'warning',
        related: [{ place: spec.place, note: 'the spec in force' }],
      };
    }
  },
});

/** `v02.137` and `v2.137` are one version. */
function numbers(version: string): string {
  return version.slice(1).split('.').map(Number).join('.');
}
