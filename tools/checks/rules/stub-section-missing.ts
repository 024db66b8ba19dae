import type { Stub } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  section: string;
}

/** The checklist is not among them: checklist/missing speaks for it. */
const REQUIRED: Record<Stub['family'], readonly (readonly [name: string, title: RegExp])[]> = {
  M: [
    ['STUB_METADATA', /^STUB_METADATA\b/i],
    ['INTENT', /^INTENT\b/i],
    ['SCOPE_SKETCH', /^SCOPE[_ ]SKETCH\b/i],
    ['ACCEPTANCE_CRITERIA', /^ACCEPTANCE[_ ]CRITERIA\b/i],
    ['DEPENDENCIES / BLOCKERS', /^DEPENDENCIES\b/i],
    ['RISKS / UNKNOWNs', /^RISKS\b/i],
  ],
  L: [['Identity', /^Identity\b/i]],
};

export const stubSectionMissing = defineRule<'stub', Args>({
  id: 'stub/section-missing',
  summary: 'A stub has the sections of its family.',
  appliesTo: 'stub',
  severity: 'warning',
  docs: `Intent, scope, acceptance, dependencies and risks are what the packet is made from. A section that is missing has not been thought about, or was called something else and is not found. Without the section of the metadata nothing of the stub can be checked, which is an error.

Add the section; "none" and a reason are an answer.`,
  message: ({ section }) => `Unexpected end of the stub, expected a section "${section}"`,
  *check(stub) {
    for (const [section, title] of REQUIRED[stub.family]) {
      if (stub.sections.some((each) => title.test(each.title))) continue;
      const last = Math.max(stub.file.lines.length, 1);
      yield {
        place: linePlace(stub.path, last),
        args: { section },
        // Nothing of a stub without metadata can be checked: that is no matter of style.
        ...(section === 'STUB_METADATA' ? { severity: 'error' as const } : {}),
      };
    }
  },
});
