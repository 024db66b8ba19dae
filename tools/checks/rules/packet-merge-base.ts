import { isPlaceholder } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const packetMergeBase = defineRule<'packet', Args>({
  id: 'packet/merge-base',
  summary: 'MERGE_BASE_SHA of a packet is the full hash of a commit.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `The work of a packet is the range from this commit to its branch. A shortened hash, a branch name or an empty field leaves the range to a guess, and what is then checked is another change. The note that the template puts behind the hash does not count; an old gate saw no hash for it, warned, and went on without one.

"git merge-base main HEAD", run when the packet is created, prints it.`,
  message: ({ found }) => `Unexpected MERGE_BASE_SHA ${found}, expected 40 hexadecimal digits`,
  *check({ fields, blanks }) {
    const field = fields.find(({ key }) => key === 'MERGE_BASE_SHA');
    if (field === undefined) return;
    const value = field.value.replace(/^`(.*)`$/, '$1');
    if (/^[0-9a-f]{40}$/i.test(value)) return;
    // packet/template-text tells of a placeholder.
    if (isPlaceholder(value) && blanks.some(({ place }) => place.line === field.place.line)) return;
    const found = field.raw === '' ? 'without a value' : `"${field.raw}"`;
    yield { place: field.place, args: { found }, ...(field.raw === '' ? {} : { found: field.raw }) };
  },
});
