import { isPlaceholder } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';

/**
 * The file exists, is about this work packet, is complete, approved and signed. Its windows and excerpts are
 * not compared with the spec it pins yet, so that it is attested and not proven.
 */
export function judgeRefinementFile({ wpId, refinement, refinementPath }: Dossier): Judgement {
  if (refinement === undefined) {
    return absent(`${refinementPath} does not exist`, nextStep.refine(wpId));
  }
  const at = (field: Field | undefined, detail: string): Evidence => ({
    kind: 'refinement',
    file: refinement.path,
    line: field?.place.line ?? 1,
    detail,
  });
  const { wpId: id, verdict, enrichmentNeeded, reviewStatus, signature } = refinement;
  const wrong: Evidence[] = [];
  if (id?.value !== wpId) wrong.push(at(id, `WP_ID is "${id?.value ?? ''}"`));
  if (verdict?.value !== 'PASS')
    wrong.push(at(verdict, `CLEARLY_COVERS_VERDICT is "${verdict?.value ?? ''}"`));
  if (enrichmentNeeded?.value !== 'NO') {
    wrong.push(at(enrichmentNeeded, `ENRICHMENT_NEEDED is "${enrichmentNeeded?.value ?? ''}"`));
  }
  if (refinement.anchors.length === 0) wrong.push(at(undefined, 'it has no anchor'));
  if (wrong.length > 0) return judged('FAIL', wrong, nextStep.complete(refinement.path));
  if (reviewStatus?.value !== 'APPROVED') {
    const evidence = [at(reviewStatus, `USER_REVIEW_STATUS is "${reviewStatus?.value ?? ''}"`)];
    return judged('NEEDS_HUMAN', evidence, nextStep.approve(refinement.path));
  }
  if (signature === undefined || isPlaceholder(signature.value)) {
    return judged('NEEDS_HUMAN', [at(signature, 'it is not signed')], nextStep.sign(refinement.path));
  }
  return judged('ATTESTED', [
    at(reviewStatus, `approved and signed; ${TYPED}`),
    at(undefined, `${refinement.anchors.length} anchors; excerpts are not compared with the spec`),
  ]);
}
