import {
  type GateEvent,
  isPlaceholder,
  lastOf,
  type Refinement,
  reachedFrom,
  specFileIn,
  type TypedEntry,
} from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { type Dossier, subjectNow } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { changesSince } from '../subject.ts';
import { changeEvidence } from './changes.ts';
import { noEvents, saysOf } from './gate-log.ts';

/**
 * A chat cannot be seen: somebody's word that the block was shown and approved is all there can be. Of upstream's
 * records it takes the event that the block was recorded with, for the file and the spec that stand there now, and
 * the exact words of the approval.
 */
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
  const gaps = [...noEvents(dossier, 'REFINEMENT'), ...recordGaps(dossier, event)];
  if (exact && gaps.length === 0) return judged('ATTESTED', evidence);
  if (refinement === undefined && evidence.length === 0 && gaps.length === 0) {
    return absent('nothing recorded yet', nextStep.refine(wpId));
  }
  if (!exact) {
    gaps.unshift({ kind: 'note', detail: 'nobody recorded that the block was shown and approved' });
    if (refinement !== undefined && (said === undefined || isPlaceholder(said.value)))
      gaps.push(silent(refinement, said));
  }
  const first = exact ? [...gaps, ...evidence] : [...evidence, ...gaps];
  return judged('NEEDS_HUMAN', first, nextStep.approve(wpId));
}

function silent({ path }: Refinement, said: Field | undefined): Evidence {
  const detail = `USER_APPROVAL_EVIDENCE is ${said === undefined ? 'missing' : `"${said.raw}"`}`;
  return { kind: 'refinement', file: path, line: said?.keyPlace.line ?? 1, detail };
}

/** What was recorded is another block than the one that stands there: nobody can tell which of them was approved. */
function recordGaps({ refinement, refinementPath }: Dossier, event: GateEvent | undefined): Evidence[] {
  if (refinement === undefined) return [];
  if (event === undefined) {
    return [{ kind: 'note', detail: 'the gate log has no REFINEMENT of it: nobody recorded the block' }];
  }
  const gaps: Evidence[] = [];
  const path = event.entry.text('refinement_path')?.text;
  if (path !== undefined && path !== refinementPath) {
    const detail = `the refinement_path that was recorded is "${path}", expected "${refinementPath}"`;
    gaps.push(saysOf(event, 'refinement_path', detail));
  }
  const { sha1, file } = refinement.pin;
  const { specSha1 } = event;
  if (specSha1 !== undefined && sha1 !== undefined && specSha1.toLowerCase() !== sha1.text) {
    const detail = `the spec_target_sha1 that was recorded is ${specSha1.slice(0, 12)}, and the refinement pins ${sha1.text.slice(0, 12)}`;
    gaps.push(saysOf(event, 'spec_target_sha1', detail));
    gaps.push({
      kind: 'refinement',
      file: sha1.place.file,
      line: sha1.place.line,
      detail: `SPEC_TARGET_SHA1 is ${sha1.text.slice(0, 12)}`,
    });
  }
  const target = event.entry.text('spec_target_resolved')?.text;
  const recorded = target === undefined ? undefined : specFileIn(target)?.text;
  if (target !== undefined && file !== undefined && recorded !== file.text) {
    const detail = `the spec_target_resolved that was recorded is "${target}", and the refinement pins ${file.text}`;
    gaps.push(saysOf(event, 'spec_target_resolved', detail));
  }
  return gaps;
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
