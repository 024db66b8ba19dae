import { isPlaceholder } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';

/** A chat cannot be seen: somebody's word that the block was shown and approved is all there can be. */
export function judgeRefinementBlock({
  wpId,
  gateEvents,
  ledger,
  refinement,
  refinementPath,
}: Dossier): Judgement {
  const evidence: Evidence[] = [];
  const approved = ledger.findLast(({ kind }) => kind === 'approve');
  if (approved !== undefined) {
    const detail = `approved by ${approved.actor} (${approved.role}) at ${approved.time}; ${TYPED}`;
    evidence.push({ kind: 'ledger', file: approved.path, line: 1, detail });
  }
  const event = gateEvents.findLast(({ type }) => type === 'REFINEMENT');
  if (event !== undefined) {
    const { file, line } = event.place;
    evidence.push({ kind: 'gate_log', file, line, detail: `recorded ${event.timestamp}; ${TYPED}` });
  }
  const said = refinement?.approvalEvidence;
  const exact = said?.raw === `APPROVE REFINEMENT ${wpId}`;
  if (said !== undefined && !isPlaceholder(said.value)) {
    const { file, line } = said.place;
    const detail = exact ? `"${said.raw}"; ${TYPED}` : `"${said.raw}", expected "APPROVE REFINEMENT ${wpId}"`;
    evidence.push({ kind: 'refinement', file, line, detail });
  }
  if (approved !== undefined || exact) return judged('ATTESTED', evidence);
  if (refinement === undefined && evidence.length === 0) {
    return absent('nothing recorded yet', nextStep.refine(wpId));
  }
  evidence.push({ kind: 'note', detail: 'nobody recorded that the block was shown and approved' });
  return judged('NEEDS_HUMAN', evidence, nextStep.approve(refinementPath));
}
