import { isPlaceholder } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const refinementSpecTarget = defineRule<'refinement', Args>({
  id: 'refinement/spec-target',
  summary: 'SPEC_TARGET_RESOLVED of a refinement names the Master Spec that was read.',
  appliesTo: 'refinement',
  severity: 'error',
  docs: `The pointer alone (SPEC_CURRENT.md) names whatever is in force today. A refinement says what it resolved to when it was written: ".GOV/roles_shared/SPEC_CURRENT.md -> Handshake_Master_Spec_v02.137.md". Against that file its anchors are checked, and against today's the drift is told.`,
  message: ({ found }) =>
    `Unexpected SPEC_TARGET_RESOLVED "${found}", expected the file of a Master Spec with its version`,
  *check({ specTarget, pin }) {
    if (specTarget === undefined || pin.file !== undefined || isPlaceholder(specTarget.value)) return;
    yield { place: specTarget.place, args: { found: specTarget.raw }, found: specTarget.raw };
  },
});
