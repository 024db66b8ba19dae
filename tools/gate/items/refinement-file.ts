import { isPlaceholder, type Refinement, type Sited } from '../../artifacts/index.ts';
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
  const { reviewStatus, signature } = refinement;
  const wrong = objections(refinement, wpId).map(([field, detail]) => at(field, detail));
  for (const { text, place } of blanksOf(refinement)) {
    wrong.push({
      kind: 'refinement',
      file: refinement.path,
      line: place.line,
      detail: `${text} is not filled in`,
    });
  }
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

type Objection = readonly [field: Field | undefined, detail: string];

/** What is missing, or says the wrong thing, or two things. */
function objections(refinement: Refinement, wpId: string): Objection[] {
  const { wpId: id, verdict, enrichmentNeeded, ambiguityFound } = refinement;
  const wrong: Objection[] = [];
  const demand = (field: Field | undefined, key: string, expected: string): void => {
    if (field?.value !== expected) wrong.push([field, `${key} is "${field?.value ?? ''}"`]);
  };
  demand(id, 'WP_ID', wpId);
  demand(verdict, 'CLEARLY_COVERS_VERDICT', 'PASS');
  for (const { name, field, ticked } of refinement.boxes) {
    if (ticked !== (verdict?.value === 'PASS')) {
      wrong.push([field, `"${name}" is ${ticked ? 'ticked, and the verdict is not PASS' : 'not ticked'}`]);
    }
  }
  demand(enrichmentNeeded, 'ENRICHMENT_NEEDED', 'NO');
  if (ambiguityFound !== undefined) demand(ambiguityFound, 'AMBIGUITY_FOUND', 'NO');
  for (const [key, field] of [
    ['SPEC_TARGET_RESOLVED', refinement.specTarget],
    ['SPEC_TARGET_SHA1', refinement.specSha1],
    ['CLEARLY_COVERS_REASON', refinement.coversReason],
    ['REASON_NO_ENRICHMENT', refinement.noEnrichmentReason],
  ] as const) {
    const told = refinement.blanks.some(({ place }) => place.line === field?.place.line);
    if (!told && isPlaceholder(field?.value.replaceAll('`', '') ?? '')) {
      wrong.push([field, `${key} is empty`]);
    }
  }
  if (refinement.anchors.length === 0) wrong.push([undefined, 'it has no anchor']);
  for (const { first, second } of refinement.contradictions) {
    const lines = `line ${first.place.line} and line ${second.place.line}`;
    wrong.push([second, `${first.key} is "${first.value}" and "${second.value}" (${lines})`]);
  }
  return wrong;
}

/** The Operator's own lines come last: until then they are open, and not wrong. */
function blanksOf({ blanks, reviewStatus, signature, approvalEvidence }: Refinement): Sited[] {
  const operators = [reviewStatus, signature, approvalEvidence].map((field) => field?.place.line);
  const others = blanks.filter(({ place }) => !operators.includes(place.line));
  return others.length === 0 ? [] : blanks;
}
