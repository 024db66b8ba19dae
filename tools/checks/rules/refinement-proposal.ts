import { linePlace } from '../../findings/index.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

const NONE = /^\s*<?\s*(?:not applicable|n\/a)\b/i;

export const refinementProposal = defineRule<'refinement', Args>({
  id: 'refinement/proposal',
  summary:
    'A refinement that needs an enrichment proposes its text, and one that needs none proposes nothing.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `ENRICHMENT_NEEDED YES asks the Operator to change the Master Spec; what is to be written there stands verbatim under PROPOSED_SPEC_ENRICHMENT, or nobody knows what is being approved. With NO the block says "<not applicable; ENRICHMENT_NEEDED=NO>": text for the spec below an answer that no text is needed is a change that nobody was asked about.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check(refinement) {
    const { path, enrichmentNeeded: needed, proposal, sections } = refinement;
    if (needed === undefined) return;
    const body = bodyOf(proposal?.text ?? '');
    const none = body.length > 0 && body.every((line) => NONE.test(line));
    const severity = gapSeverity(refinement);
    if (needed.value === 'YES' && (body.length === 0 || none)) {
      const enrichment = sections.find(({ title }) => /^ENRICHMENT\b/.test(title));
      const place = proposal?.place ?? enrichment?.place ?? linePlace(path, needed.place.line);
      const found = proposal === undefined ? 'absence of PROPOSED_SPEC_ENRICHMENT' : 'proposal without text';
      yield { place, args: { found, expected: 'the text for the spec, verbatim' }, severity };
    }
    if (needed.value === 'NO' && proposal !== undefined && body.length > 0 && !none) {
      const args = { found: 'text for the spec', expected: '"not applicable" with ENRICHMENT_NEEDED NO' };
      yield { place: proposal.place, args, severity };
    }
  },
});

/** The lines of the first block, its fences aside: what follows a block that says "not applicable" is no proposal. */
function bodyOf(text: string): string[] {
  const lines = text.split('\n');
  const fence = /^\s*(`{3,}|~{3,})/;
  const close = fence.test(lines[0]!) ? lines.findIndex((line, index) => index > 0 && fence.test(line)) : -1;
  const block = close > 0 ? lines.slice(1, close) : lines;
  const own = block.some((line) => line.trim() !== '') ? block : lines;
  return own.filter((line) => line.trim() !== '' && !fence.test(line));
}
