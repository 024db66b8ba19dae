import { packetStage, workPackets } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
  expected: string;
}

export const gatesSpecMismatch = defineRule<'tree', Args>({
  id: 'gates/spec-mismatch',
  summary: 'A refinement pins the bytes of the spec that the gate log recorded with it.',
  appliesTo: 'tree',
  severity: 'error',
  docs: `When a refinement is recorded, the log keeps the sha1 of the spec. A refinement that pins another one was changed after it was recorded, perhaps after it was approved: record it again. Where its packet is not open it is information: that is history.`,
  message: ({ wpId, found, expected }) =>
    `Unexpected spec ${found.slice(0, 12)} in the refinement of ${wpId}, expected ${expected.slice(0, 12)} as it was recorded`,
  *check(tree) {
    for (const work of workPackets(tree).values()) {
      const recorded = work.events.findLast(({ type, specSha1 }) => type === 'REFINEMENT' && specSha1);
      const pinned = work.refinement?.pin.sha1;
      const expected = recorded?.specSha1?.toLowerCase();
      if (recorded === undefined || pinned === undefined || pinned.text === expected) continue;
      yield {
        place: pinned.place,
        args: { wpId: work.id, found: pinned.text, expected: expected! },
        severity: packetStage(tree, work) === 'open' ? 'error' : 'info',
        related: [{ place: recorded.place, note: 'the record' }],
      };
    }
  },
});
