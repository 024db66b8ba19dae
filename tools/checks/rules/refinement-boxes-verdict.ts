import { gapSeverity } from '../refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  name: string;
  found: string;
  verdict: string;
}

export const refinementBoxesVerdict = defineRule<'refinement', Args>({
  id: 'refinement/boxes-verdict',
  summary: 'All five boxes of CLEARLY_COVERS are ticked where the verdict is PASS, and only there.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The five points (in the Main Body, named, specific, measurable, unambiguous) are what the verdict is made of. A verdict of PASS over empty boxes was never judged: upstream accepted a refinement with all five open. With FAIL at least one point failed, so that five ticks contradict it.

Tick what holds ("[x] PASS") and let the verdict follow. No tool can do that for its author.`,
  message: ({ name, found, verdict }) =>
    name === ''
      ? `Unexpected verdict FAIL over five ticked boxes, expected at least one that is not`
      : `Unexpected ${found} of "${name}", expected "[x] PASS" as the verdict is ${verdict}`,
  *check(refinement) {
    const { boxes, verdict } = refinement;
    if (verdict?.value === 'FAIL' && boxes.every(({ ticked }) => ticked)) {
      yield {
        place: verdict.place,
        args: { name: '', found: verdict.raw, verdict: 'FAIL' },
        found: verdict.raw,
      };
    }
    if (verdict?.value !== 'PASS') return;
    for (const { name, field, ticked } of boxes) {
      if (ticked) continue;
      const found = field === undefined ? 'absence' : `box "${field.raw}"`;
      yield {
        place: field?.place ?? verdict.place,
        args: { name, found, verdict: 'PASS' },
        ...(field === undefined ? {} : { found: field.raw }),
        severity: gapSeverity(refinement),
      };
    }
  },
});
