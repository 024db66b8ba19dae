import {
  isPlaceholder,
  lastOf,
  type Refinement,
  type RefinementAnchor,
  type Sited,
  specFileIn,
  versionIn,
} from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { asciiEscaped } from '../ascii.ts';
import { type Dossier, restsOf } from '../dossier.ts';
import type { Rests } from '../drift/rests.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';
import { uncommitted } from './committed.ts';

/**
 * The file exists, is about this work packet, is complete, quotes the spec that it pins, is approved, signed and
 * committed: all of that shows in its content. Who approved and signed is asked by other items; what quotes a spec
 * that is not at hand is not proven.
 */
export function judgeRefinementFile(dossier: Dossier): Judgement {
  const { wpId, refinement, refinementPath, fold } = dossier;
  if (refinement === undefined) {
    return absent(`${refinementPath} does not exist`, nextStep.refine(wpId));
  }
  const at = (field: Field | undefined, detail: string): Evidence => ({
    kind: 'refinement',
    file: refinement.path,
    line: field?.place.line ?? 1,
    detail,
  });
  const { reviewStatus, signature, approvalEvidence } = refinement;
  const rests = restsOf(dossier)!;
  const wrong = refinementFaults(dossier);
  for (const { text, place } of blanksOf(refinement)) {
    wrong.push({
      kind: 'refinement',
      file: refinement.path,
      line: place.line,
      detail: `${text} is not filled in`,
    });
  }
  // The approval lists all of it at once, and is what comes after it.
  if (wrong.length > 0) {
    return judged('FAIL', [...wrong, ...comparedWith(refinement, rests)], nextStep.approve(wpId));
  }
  if (reviewStatus?.value !== 'APPROVED') {
    const evidence = [at(reviewStatus, `USER_REVIEW_STATUS is "${reviewStatus?.value ?? ''}"`)];
    return judged('NEEDS_HUMAN', evidence, nextStep.approve(wpId));
  }
  // The ledger has the words that were said; a document that lost them says something else (governance-grammar 5.1 #9).
  const words = `APPROVE REFINEMENT ${wpId}`;
  if (lastOf(fold, 'approve') !== undefined && approvalEvidence?.raw !== words) {
    const said = approvalEvidence === undefined ? 'missing' : `"${approvalEvidence.raw}"`;
    const detail = `USER_APPROVAL_EVIDENCE is ${said}, expected "${words}"`;
    return judged('NEEDS_HUMAN', [at(approvalEvidence ?? reviewStatus, detail)], nextStep.approve(wpId));
  }
  if (signature === undefined || isPlaceholder(signature.value)) {
    const said = at(signature, `USER_SIGNATURE is "${signature?.value ?? ''}"`);
    return judged('NEEDS_HUMAN', [at(signature, 'it is not signed'), said], nextStep.sign(wpId));
  }
  const signed = at(reviewStatus, 'approved and signed');
  if (rests.found.state !== 'FOUND') {
    const detail = `cannot prove its excerpts (${rests.found.state}): ${rests.found.reason}`;
    const next = nextStep.provide(refinement.pin.file?.text ?? 'the spec that it quotes');
    const target = at(refinement.specTarget, `SPEC_TARGET_RESOLVED is "${refinement.specTarget?.raw ?? ''}"`);
    return judged('NEEDS_HUMAN', [at(refinement.specTarget, detail), target, signed], next);
  }
  const { spec, source } = rests.found;
  const anchors = refinement.anchors.length === 1 ? '1 anchor' : `${refinement.anchors.length} anchors`;
  const detail = `${anchors}: ${rests.quoted} of ${rests.of} lines quoted, each as it stands in ${spec.version}`;
  const proof: Evidence = { kind: 'spec', file: source, line: 1, detail };
  const gap = uncommitted(dossier, refinement.path);
  if (gap !== undefined) return { ...gap, evidence: [...gap.evidence, proof] };
  return judged('PASS', [proof, at(reviewStatus, 'complete, approved, signed and committed')]);
}

/** What the document says that does not hold, but for what was simply not filled in. */
export function refinementFaults(dossier: Dossier): Evidence[] {
  const { refinement, wpId } = dossier;
  if (refinement === undefined) return [];
  return [
    ...againstSpec(refinement, restsOf(dossier)!),
    ...objections(refinement, wpId).map(
      ([at, detail]): Evidence => ({
        kind: 'refinement',
        file: refinement.path,
        line: typeof at === 'number' ? at : (at?.place.line ?? 1),
        detail,
      }),
    ),
  ];
}

/** Where the document and the spec that it pins contradict each other: what it rests on is not there. */
function againstSpec(refinement: Refinement, { found, wrong, reopened }: Rests): Evidence[] {
  const evidence = (line: number, detail: string): Evidence => ({
    kind: 'refinement',
    file: refinement.path,
    line,
    detail,
  });
  if (found.state === 'SPEC_HASH_MISMATCH') {
    const line = refinement.pin.sha1?.place.line ?? 1;
    return [evidence(line, `SPEC_HASH_MISMATCH: ${found.reason}`)];
  }
  if (found.state === 'FOUND' && found.by === 'name' && refinement.specSha1 !== undefined) {
    const { raw, place } = refinement.specSha1;
    if (raw !== '')
      return [evidence(place.line, `SPEC_TARGET_SHA1 is "${raw}", expected 40 hexadecimal digits`)];
  }
  return [
    ...wrong.map(({ number, line, detail }) => evidence(line, `anchor ${number}: ${detail}`)),
    ...reopened.map(({ pin, change, reason }) =>
      evidence(pin.line, `${change} since ${refinement.pin.version ?? 'it was signed'}: ${reason}`),
    ),
  ];
}

/** What was compared where the spec contradicts the document: any of it may be what is wrong. */
function comparedWith(refinement: Refinement, { found, wrong }: Rests): Evidence[] {
  const said = (name: string, ...fields: readonly (Field | undefined)[]): Evidence[] =>
    fields.flatMap((field): Evidence[] => {
      if (field === undefined) return [];
      const { key, raw, place } = field;
      return [
        { kind: 'refinement', file: place.file, line: place.line, detail: `${name}${key} is "${raw}"` },
      ];
    });
  if (found.state === 'SPEC_HASH_MISMATCH') return said('', refinement.specSha1, refinement.specTarget);
  return wrong.flatMap(({ index, number }) => {
    const { anchor, startLine, endLine, token } = refinement.anchors[index]!;
    return said(`anchor ${number}: `, anchor, startLine, endLine, token);
  });
}

type Objection = readonly [at: Field | number | undefined, detail: string];

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
  wrong.push(...strangers(refinement), ...refinement.anchors.flatMap((anchor) => gapsIn(anchor, refinement)));
  for (const { first, second } of refinement.contradictions) {
    const lines = `line ${first.place.line} and line ${second.place.line}`;
    wrong.push([second, `${first.key} is "${first.value}" and "${second.value}" (${lines})`]);
  }
  return wrong;
}

/** What an editor or a shell may have put in the place of what was approved (governance-grammar 6, item 4). */
function strangers({ file }: Refinement): Objection[] {
  const at = file.lines.findIndex((text) => /\P{ASCII}/u.test(text));
  if (at < 0) return [];
  const found = /\P{ASCII}/u.exec(file.lines[at]!)![0];
  return [[at + 1, `it is not ASCII: "${found}", expected "${asciiEscaped(found)}"`]];
}

/** What an anchor leaves open, or says of another version than the one whose lines it counts. */
function gapsIn(each: RefinementAnchor, { pin, blanks }: Refinement): Objection[] {
  const { anchor, number, place, startLine, endLine, token, excerpt } = each;
  const wrong: Objection[] = [];
  const name = `anchor ${number ?? ''}`.trim();
  const demand = (key: string, field: Field | undefined, holds: boolean, expected: string): void => {
    // What the template left open is told as that.
    if (holds || blanks.some((blank) => blank.place.line === field?.keyPlace.line)) return;
    const said = field === undefined ? `${key} is missing` : `${key} is "${field.raw}"`;
    wrong.push([field ?? place.line, `${name}: ${said}, expected ${expected}`]);
  };
  const whole = (field: Field | undefined): boolean => /^[1-9]\d{0,8}$/.test(field?.value ?? '');
  demand('SPEC_ANCHOR', anchor, anchor !== undefined && anchor.raw !== '', 'the clause that it rests on');
  demand('CONTEXT_START_LINE', startLine, whole(startLine), 'the number of a line');
  demand('CONTEXT_END_LINE', endLine, whole(endLine), 'the number of a line');
  demand('CONTEXT_TOKEN', token, token !== undefined && token.raw !== '', 'words of the clause');
  if (whole(startLine) && whole(endLine)) {
    const inOrder = Number(startLine!.value) <= Number(endLine!.value);
    demand('CONTEXT_END_LINE', endLine, inOrder, `${startLine!.value} or a later line`);
  }
  if (excerpt === undefined || excerpt.lines.every((line) => line.trim() === ''))
    wrong.push([excerpt?.place.line ?? place.line, `${name}: EXCERPT_ASCII_ESCAPED is empty`]);
  const named = anchor && versionIn(specFileIn(anchor.raw)?.text ?? '');
  if (named !== undefined && pin.version !== undefined)
    demand('SPEC_ANCHOR', anchor, named === pin.version, `${pin.version}, which is pinned`);
  return wrong;
}

/** The Operator's own lines come last: until then they are open, and not wrong. */
function blanksOf({ blanks, reviewStatus, signature, approvalEvidence }: Refinement): Sited[] {
  const operators = [reviewStatus, signature, approvalEvidence].map((field) => field?.place.line);
  const others = blanks.filter(({ place }) => !operators.includes(place.line));
  return others.length === 0 ? [] : blanks;
}
