import type { Stub } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
  after: string;
}

/** Sections that the templates have, in their order; others may stand between them. */
const ORDER: Record<Stub['family'], readonly RegExp[]> = {
  M: [
    /^STUB_METADATA\b/i,
    /^INTENT\b/i,
    /^SCOPE[_ ]SKETCH\b/i,
    /^ACCEPTANCE[_ ]CRITERIA\b/i,
    /^DEPENDENCIES\b/i,
    /^RISKS\b/i,
    /^ACTIVATION[_ ]CHECKLIST\b/i,
  ],
  L: [/^Identity\b/i, /^Activation[_ ]checklist\b/i],
};

export const stubSectionOrder = defineRule<'stub', Args>({
  id: 'stub/section-order',
  summary: 'The sections of a stub stand in the order of its template.',
  appliesTo: 'stub',
  severity: 'info',
  docs: `Every stub of a tree reads the same way: what, how far, when it is done, what it waits for, and at the end what has to happen before it is activated. A section in another place is found by the tool all the same, and overlooked by a person.`,
  message: ({ section, after }) => `Unexpected section "${section}" after "${after}", expected it before`,
  *check({ family, sections }) {
    let latest: { rank: number; title: string } | undefined;
    for (const { level, title, place } of sections) {
      const rank = level === 2 ? ORDER[family].findIndex((each) => each.test(title)) : -1;
      if (rank < 0) continue;
      if (latest !== undefined && rank < latest.rank)
        yield { place, args: { section: title, after: latest.title } };
      else latest = { rank, title };
    }
  },
});
