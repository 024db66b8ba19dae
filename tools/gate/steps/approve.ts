import { lastOf, printDocument, type Refinement, readPacketInput, withField } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { type Field, splitNote } from '../../markdown/index.ts';
import { type Dossier, restsOf, subjectNow } from '../dossier.ts';
import { refinementFaults } from '../items/refinement-file.ts';
import { againstMainBody } from './against-main-body.ts';
import { packetInputUnmet, saysPacketInput } from './packet-input.ts';
import { type By, commonUnmet, emptyPlan, finished, record, type StepPlan, unmet } from './plan.ts';
import { openRows } from './refine.ts';

/**
 * The block was shown and approved: what it says is bound by digest, so that a later change of one word asks again.
 * Everything that the signature would be refused for is told here, all at once.
 */
export function planApprove(dossier: Dossier, by: By): StepPlan {
  const { wpId, refinement, refinementPath, fold } = dossier;
  const plan = emptyPlan('approve', wpId);
  plan.unmet.push(...commonUnmet(dossier, 'approve', by));
  if (refinement === undefined) {
    const message = `Unexpected absence of ${refinementPath}, expected a refinement to approve (just record-refinement ${wpId})`;
    plan.unmet.push(unmet('approve', 'NO_REFINEMENT', linePlace(refinementPath, 1), message));
    return finished(plan);
  }
  plan.unmet.push(...refinementUnmet(dossier, refinement, 'approve'));
  const subject = subjectNow(dossier)!;
  const approved = lastOf(fold, 'approve');
  if (plan.unmet.length === 0 && approved?.data.digest === subject.digest && isApproved(refinement, wpId)) {
    plan.done = `${refinementPath} is approved as it stands`;
    return finished(plan);
  }
  if (plan.unmet.length > 0) return finished(plan);
  const evidence = `APPROVE REFINEMENT ${wpId}`;
  let text = withValue(refinement, refinement.reviewStatus, 'APPROVED');
  text = withValue(text, refinement.approvalEvidence, evidence);
  const documents = new Map([[refinementPath, printDocument(text)]]);
  const { digest, parts } = subject;
  const was = linesBefore(refinement, ['reviewStatus', 'approvalEvidence']);
  record(plan, dossier, by, { kind: 'approve', data: { digest, parts, was } }, documents);
  plan.said.push(
    `approved ${refinementPath} as it stands (${digest.slice(0, 12)}, ${Object.keys(parts).length} parts)`,
  );
  return finished(plan);
}

function isApproved({ reviewStatus, approvalEvidence }: Refinement, wpId: string): boolean {
  return reviewStatus?.value === 'APPROVED' && approvalEvidence?.raw === `APPROVE REFINEMENT ${wpId}`;
}

/** The refinement with another value of one of its fields. */
export function withValue(refinement: Refinement, field: Field | undefined, value: string): Refinement {
  if (field === undefined || field.raw === value) return refinement;
  const { note: _, ...plain } = field;
  return withField(refinement, { ...plain, ...splitNote(value), raw: value });
}

/** Lines of the Operator as they stand, by field: what an undo puts back. */
export function linesBefore(
  refinement: Refinement,
  keys: readonly ('reviewStatus' | 'approvalEvidence' | 'signature')[],
): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const field = refinement[key];
      return field === undefined ? [] : [[field.key, field.raw]];
    }),
  );
}

function instead(said: string | undefined): string {
  return said === undefined ? '' : `; the spec says "${said.slice(0, 200)}"`;
}

/** What is wrong with a refinement that is to be approved or signed: open rows, contradictions, false excerpts. */
export function refinementUnmet(dossier: Dossier, refinement: Refinement, step: 'approve' | 'sign') {
  const { stub } = dossier;
  const open = openRows(refinement);
  const lines = new Set(open.map(({ line }) => line));
  const { found, wrong } = restsOf(dossier)!;
  // What the spec says there instead: the line that shares most words with what was quoted (G05).
  const says = new Map(wrong.map(({ line, expected }) => [line, expected]));
  // Against the spec that it pins: what became of that since is told as drift.
  const spec = found.state === 'FOUND' ? found.spec : undefined;
  const input =
    stub !== undefined && saysPacketInput(refinement)
      ? packetInputUnmet(step, stub, refinement, readPacketInput(refinement))
      : [];
  return [
    // What cannot be read cannot be what anybody approves.
    ...(found.state === 'FOUND' || found.state === 'SPEC_HASH_MISMATCH'
      ? []
      : [
          unmet(
            step,
            found.state,
            refinement.specTarget?.place ?? linePlace(refinement.path, 1),
            `Unexpected absence of the spec that it quotes, expected its bytes: ${found.reason}`,
          ),
        ]),
    ...open.map(({ file, line, field, expected }) =>
      unmet(step, 'OPEN_ROW', linePlace(file, line), `Unexpected open row of ${field}, expected ${expected}`),
    ),
    ...refinementFaults(dossier)
      // Where an anchor leads is told by the step itself.
      .filter(({ line, detail }) => !lines.has(line ?? 0) && !/^anchor \d+: ANCHOR_/.test(detail))
      .map(({ file, line, detail }) =>
        unmet(
          step,
          /\b([A-Z]+(?:_[A-Z]+)+)\b(?=:)/.exec(detail)?.[1] ?? 'REFINEMENT',
          linePlace(file!, line ?? 1),
          `Unexpected refinement, expected one that holds: ${detail}${instead(says.get(line ?? 0))}`,
        ),
      ),
    ...input.filter(({ place }) => !lines.has(place.line)),
    ...(spec === undefined ? [] : refinement.anchors).flatMap(({ anchor }) =>
      anchor === undefined || anchor.raw === ''
        ? []
        : againstMainBody(step, spec!, { text: anchor.raw, place: anchor.place }),
    ),
    ...(['reviewStatus', 'approvalEvidence', 'signature'] as const)
      .filter((key) => refinement[key] === undefined)
      .map((key) => {
        const name = {
          reviewStatus: 'USER_REVIEW_STATUS',
          approvalEvidence: 'USER_APPROVAL_EVIDENCE',
          signature: 'USER_SIGNATURE',
        }[key];
        return unmet(
          step,
          'NO_FIELD',
          linePlace(refinement.path, 1),
          `Unexpected absence of ${name}, expected that field in METADATA`,
        );
      }),
  ];
}
