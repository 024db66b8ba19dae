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
  docs: `The number leads nowhere in the spec that is in force: it was mistyped, or the section was taken out or renumbered. Nothing of what the stub asks for is then written anywhere.

"gov spec resolve" tells where the title stands now; "gov spec diff" tells in which version the section went.`,
  message: ({ number, version }) => `Unexpected anchor ${number}, expected a section of ${version}`,
  *check({ candidate, result }, { spec }) {
    if (result.status !== 'UNRESOLVED') return;
    const number = result.query.number ?? result.query.text;
    yield { place: candidate.place, args: { number, version: spec?.version ?? 'the spec' } };
  },
});
