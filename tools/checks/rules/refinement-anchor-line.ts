import { spanPlace } from '../../text/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

const LINE = /\.md:(\d+)\b(?!\.\d)/d;

export const refinementAnchorLine = defineRule<'refinement', Args>({
  id: 'refinement/anchor-line',
  summary: 'SPEC_ANCHOR names a section: a line number is no anchor.',
  appliesTo: 'refinement',
  severity: 'info',
  docs: `"Handshake_Master_Spec_v02.113.md:35191" is read as line 35191, where "…:7.5.4" is a section. A line number is right until the next version of the spec; the section, its title and the token are found again in every version. The window says the lines already.`,
  message: ({ found }) => `Unexpected line number ${found} in SPEC_ANCHOR, expected the number of a section`,
  *check({ anchors }) {
    for (const { anchor } of anchors) {
      const match = anchor && LINE.exec(anchor.raw);
      if (!match) continue;
      const found = match[1]!;
      const { place } = anchor;
      yield {
        place: spanPlace(place.file, place.line, place.column + match.indices![1]![0], found.length),
        args: { found },
        found,
      };
    }
  },
});
