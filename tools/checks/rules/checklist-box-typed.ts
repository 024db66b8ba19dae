import { stubState } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  item: number;
  wpId: string;
}

export const checklistBoxTyped = defineRule<'stub', Args>({
  id: 'checklist/box-typed',
  summary: 'A ticked box of an activation checklist proves nothing: the gate looks at the evidence.',
  appliesTo: 'stub',
  severity: 'info',
  docs: `Anyone can type an x. Whether an item of the checklist is done follows from what it asks for: the anchors in the spec, the refinement, the signature, the packet, the board. "gov wp status" shows that evidence, item by item, and is not moved by a box.

Nothing has to be mended; do not take the box for an answer.`,
  message: ({ item, wpId }) =>
    `Unexpected ticked box of item ${item}, expected evidence (gov wp status ${wpId})`,
  *check(stub) {
    if (stubState(stub) !== 'STUB') return;
    for (const { checked, index, place } of stub.checklist?.items ?? []) {
      if (checked === true) yield { place, args: { item: index, wpId: stub.stem } };
    }
  },
});
