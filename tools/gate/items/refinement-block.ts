import { isPlaceholder, lastOf, reachedFrom, type TypedEntry } from '../../artifacts/index.ts';
import { type Dossier, subjectNow } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { changesSince } from '../subject.ts';
import { changeEvidence } from './changes.ts';

/** A chat cannot be seen: somebody's word that the block was shown and approved is all there can be. */
export function judgeRefinementBlock(dossier: Dossier): Judgement {
  const { wpId, refinement, gateEvents, fold, ground } = dossier;
  const approved = lastOf(fold, 'approve');
  if (approved !== undefined) return judgeApproved(dossier, approved);
  const evidence: Evidence[] = [];
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
  if (exact && ground.policy === 'ssh') {
    const detail = 'the policy is ssh, and a typed approval that no signed entry follows is none';
    return judged('FAIL', [{ kind: 'note', detail }, ...evidence], nextStep.approve(wpId));
  }
  if (exact) return judged('ATTESTED', evidence);
  if (refinement === undefined && evidence.length === 0) {
    return absent('nothing recorded yet', nextStep.refine(wpId));
  }
  evidence.push({ kind: 'note', detail: 'nobody recorded that the block was shown and approved' });
  return judged('NEEDS_HUMAN', evidence, nextStep.approve(wpId));
}

function judgeApproved(dossier: Dossier, approved: TypedEntry<'approve'>): Judgement {
  const { wpId, ground, fold, tree } = dossier;
  const { actor, role, time, path, data } = approved;
  const subject = subjectNow(dossier);
  const entry = (detail: string): Evidence => ({ kind: 'ledger', file: path, line: 1, detail });
  if (subject === undefined) {
    return judged('FAIL', [entry('the refinement that was approved is gone')], nextStep.refine(wpId));
  }
  if (data.digest !== subject.digest) {
    const changes = changesSince(data.parts, subject).map((change) =>
      changeEvidence(change, 'since it was approved'),
    );
    return judged('FAIL', [...changes, entry(`approved by ${actor} at ${time}`)], nextStep.approve(wpId));
  }
  const signed = lastOf(fold, 'sign');
  // The head that a key signs is what came before: a later approval is not among it.
  const byHash = new Map(tree.ledger.map((each) => [each.hash, each]));
  const before = (hash: string): readonly string[] => byHash.get(hash)?.parents ?? [];
  const follows = signed !== undefined && reachedFrom(signed.hash, before).has(approved.hash);
  const covered = follows && ground.ssh.get(signed.hash)?.state === 'GOOD';
  const detail = `approved by ${actor} (${role}) at ${time}`;
  if (covered) return judged('ATTESTED', [entry(`${detail}; the SSH signature covers it`)]);
  return judged('ATTESTED', [entry(`${detail}; ${TYPED}`)]);
}
