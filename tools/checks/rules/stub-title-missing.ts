import { linePlace } from '../../findings/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  stem: string;
}

export const stubTitleMissing = defineRule<'stub', Args>({
  id: 'stub/title-missing',
  summary: 'A stub has a title of its own: "# Work Packet Stub: WP_ID".',
  appliesTo: 'stub',
  severity: 'error',
  docs: `The first heading of most stubs is the name of the template, "# TASK_PACKET_STUB_TEMPLATE"; the stub's own title is the second. Where the second is missing, nothing but the file name says which work packet this is, and a renamed copy passes for another stub.

Write "# Work Packet Stub: " and the id below the line that ends the template's preamble.`,
  message: ({ found, stem }) => `Unexpected ${found}, expected a heading "# Work Packet Stub: ${stem}"`,
  *check(stub) {
    if (stub.title !== undefined) return;
    const first = stub.sections.find(({ level }) => level === 1);
    const found = first === undefined ? 'stub without a title' : `title "${first.title}"`;
    yield { place: first?.place ?? linePlace(stub.path, 1), args: { found, stem: stub.stem } };
  },
});
