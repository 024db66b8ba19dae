import { defineRule } from '../rule.ts';

interface Args {
  number: string;
  version: string;
}

export const anchorUnresolved = defineRule<'anchor', Args>({
  id: 'anchor/unresolved',
  summary: 'The number of an anchor is the number of a section of the Master Spec in force.',
  appliesTo: 'anchor',
  severity: 'error',
  message: ({ number, version }) => `Unexpected anchor ${number}, expected a section of ${version}`,
  *check({ candidate, result }, { spec }) {
    if (result.status !== 'UNRESOLVED') return;
    const number = result.query.number ?? result.query.text;
    yield { place: candidate.place, args: { number, version: spec?.version ?? 'the spec' }, found: number };
  },
});
