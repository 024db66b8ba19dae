import { defineRule } from '../rule.ts';

interface Args {
  line: number;
}

export const stubFamiliesMixed = defineRule<'stub', Args>({
  id: 'stub/families-mixed',
  summary: 'A stub keeps its fields in one section: STUB_METADATA or Identity, never both.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `Two forms of stub are in use: one keeps its fields under "## STUB_METADATA" and has a task list, the older one under "## Identity" and has numbered steps. A stub with both sections has two ids, two dates and two spec targets, and a reader takes the first family that it knows.

Move what is true into STUB_METADATA and take the section Identity out.`,
  message: ({ line }) =>
    `Unexpected section "Identity" beside STUB_METADATA (line ${line}), expected the fields of the stub in one section`,
  *check({ sections }) {
    const modern = sections.find(({ title }) => /^STUB_METADATA\b/i.test(title));
    const old = sections.find(({ level, title }) => level === 2 && /^Identity\b/i.test(title));
    if (modern === undefined || old === undefined) return;
    yield {
      place: old.place,
      args: { line: modern.line },
      related: [{ place: modern.place, note: 'STUB_METADATA' }],
    };
  },
});
