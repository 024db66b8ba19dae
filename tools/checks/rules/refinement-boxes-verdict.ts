import { count } from '../../text/index.ts';
import { gapSeverity } from '../about/refinement-state.ts';
import { defineRule } from '../rule.ts';

interface Args {
  verdict: string;
  open: string[];
}

export const refinementBoxesVerdict = defineRule<'refinement', Args>({
  id: 'refinement/boxes-verdict',
  summary: 'All five boxes of CLEARLY_COVERS are ticked where the verdict is PASS, and only there.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The five points (in the Main Body, named, specific, measurable, unambiguous) are what the verdict is made of. A verdict of PASS over empty boxes was never judged: upstream accepted a refinement with all five open. With FAIL at least one point failed, so that five ticks contradict it.

Tick what holds ("[x] PASS") and let the verdict follow. No tool can do that for its author.`,
  message: ({ verdict, open }) =>
    open.length === 0
      ? `Unexpected verdict ${verdict} over five ticked boxes, expected one that is open`
      : `Unexpected verdict ${verdict} over ${count(open.length, 'open box', 'open boxes')} (${open.join(', ')}), expected "[x] PASS" in each`,
  *check(refinement) {
    const { boxes, verdict } = refinement;
    if (verdict === undefined || !/^(?:PASS|FAIL)$/.test(verdict.value)) return;
    const open = boxes.filter(({ ticked }) => !ticked);
    if (verdict.value === 'PASS' ? open.length === 0 : open.length > 0) return;
    const fields = open.flatMap(({ field }) => field ?? []);
    yield {
      place: verdict.place,
      args: { verdict: verdict.value, open: open.map(({ name }) => name) },
      found: verdict.raw,
      related: fields.map(({ place, raw }) => ({ place, note: raw })),
      severity: verdict.value === 'PASS' ? gapSeverity(refinement) : 'error',
    };
  },
});
