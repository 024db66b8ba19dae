import {
  isPlaceholder,
  lastOf,
  parseSignature,
  signatureUses,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { linePlace, type Place } from '../../findings/index.ts';
import { type Dossier, restsOf, subjectNow } from '../dossier.ts';
import { absent, type Evidence, type EvidenceKind, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { changesSince } from '../subject.ts';
import { changeEvidence } from './changes.ts';

interface Claim {
  text: string;
  kind: EvidenceKind;
  place: Place;
}

/**
 * What the Operator signed, if the ledger has it, is what stands there now; under the policy ssh a key signed it
 * too. Of upstream's records one signature, with a time that exists, the same in the event, the refinement and exactly one audit row, and
 * nowhere else. Typed text can be no more than ATTESTED, whoever typed it.
 */
export function judgeSignature(dossier: Dossier): Judgement {
  const { wpId, ground, fold } = dossier;
  const next = nextStep.sign(wpId);
  const signed = lastOf(fold, 'sign');
  const claims = claimsOf(dossier);
  const evidence = claims.map(
    ({ text, kind, place }): Evidence => ({
      kind,
      file: place.file,
      line: place.line,
      detail: `${text}; ${TYPED}`,
    }),
  );
  const first = claims[0];
  if (first === undefined) return absent('nothing recorded yet', next);
  const wrong = objections(dossier, claims);
  if (signed !== undefined) wrong.unshift(...againstContent(dossier, signed));
  if (wrong.length > 0) return judged('FAIL', [...wrong, ...evidence], next);
  if (signed !== undefined) return judgeSigned(dossier, signed, evidence);
  if (ground.policy === 'ssh') {
    const detail = 'the policy is ssh, and a typed signature is bound to nothing';
    return judged('FAIL', [{ kind: 'note', detail }, ...evidence], next);
  }
  const gaps = (['gate_log', 'refinement', 'audit'] as const).filter(
    (kind) => !claims.some((claim) => claim.kind === kind),
  );
  if (gaps.length === 0) return judged('ATTESTED', evidence);
  const names = { gate_log: 'the gate log', refinement: 'the refinement', audit: 'the signature audit' };
  const missing = gaps.map((gap) => names[gap]).join(', ');
  return judged('NEEDS_HUMAN', [{ kind: 'note', detail: `not in ${missing}` }, ...evidence], next);
}

/** Every part that was signed, as it is now. */
function againstContent(dossier: Dossier, { data, time, path }: TypedEntry<'sign'>): Evidence[] {
  const subject = subjectNow(dossier);
  if (subject === undefined) return [{ kind: 'note', detail: 'the refinement that was signed is gone' }];
  if (subject.digest === data.digest) return [];
  const changes = changesSince(data.parts, subject);
  if (changes.length > 0)
    return changes.map((change) => changeEvidence(change, `since it was signed at ${time}`));
  // The digest is what a key signs: parts that were put beside it name no change, and prove nothing.
  const detail = 'what stands there now is not what was signed: its parts are not those of its digest';
  return [{ kind: 'ledger', file: path, line: 1, detail }];
}

function judgeSigned(dossier: Dossier, signed: TypedEntry<'sign'>, evidence: readonly Evidence[]): Judgement {
  const { wpId, ground } = dossier;
  const { hash, path, actor, time, data } = signed;
  const verdict = ground.ssh.get(hash);
  const at = (detail: string): Evidence => ({ kind: 'ledger', file: path, line: 1, detail });
  const what = `${data.signature}, signed by ${actor} at ${time}`;
  if (verdict?.state === 'GOOD') {
    const key = verdict.hardware
      ? 'a hardware key, which somebody touched'
      : verdict.untouched
        ? 'a hardware key, which nobody had to touch'
        : 'a key file';
    return judged('PASS', [at(`${what}; SSH signature of ${verdict.signer} with ${key} (${verdict.key})`)]);
  }
  // A bad signature is worse than none, whatever the policy.
  if (verdict?.state === 'BAD') {
    return judged('FAIL', [at(`its SSH signature does not hold: ${verdict.reason}`)], nextStep.sign(wpId));
  }
  if (ground.policy === 'ssh') {
    if (verdict?.state === 'UNPROVEN')
      return judged(
        'NEEDS_HUMAN',
        [at(`cannot prove its SSH signature: ${verdict.reason}`)],
        ground.incomplete === undefined ? undefined : nextStep.unshallow(),
      );
    const detail = 'the policy is ssh, and it has no SSH signature';
    return judged('FAIL', [at(detail)], nextStep.sign(wpId));
  }
  return judged('ATTESTED', evidence.length > 0 ? [...evidence] : [at(`${what}; ${TYPED}`)]);
}

function claimsOf({ fold, gateEvents, refinement, packet, auditRows, tree }: Dossier): Claim[] {
  const claims: Claim[] = [];
  const signed = lastOf(fold, 'sign');
  if (signed !== undefined) {
    claims.push({ text: signed.data.signature, kind: 'ledger', place: linePlace(signed.path, 1) });
  }
  for (const { type, signature, place } of gateEvents) {
    if (type === 'SIGNATURE') claims.push({ text: signature ?? '(none)', kind: 'gate_log', place });
  }
  for (const [kind, field] of [
    ['refinement', refinement?.signature],
    ['packet', packet?.signature],
  ] as const) {
    if (field && !isPlaceholder(field.value)) claims.push({ text: field.value, kind, place: field.place });
  }
  const used = new Set(claims.map(({ text }) => text));
  for (const row of tree.audit?.rows ?? []) {
    // Of a packet that was signed again the earlier rows stay: a signature serves once.
    const mine =
      signed === undefined &&
      auditRows.includes(row) &&
      /^task packet (?:creation|activation)\b/i.test(row.purpose);
    if (mine || used.has(row.signature)) {
      claims.push({ text: row.signature, kind: 'audit', place: row.place });
    }
  }
  return claims;
}

/** Reasons why these are no signature of this work packet. */
function objections(dossier: Dossier, claims: readonly Claim[]): Evidence[] {
  const wrong: Evidence[] = [];
  const object = ({ kind, place }: Claim, detail: string): void => {
    wrong.push({ kind, file: place.file, line: place.line, detail });
  };
  const texts = new Set(claims.map(({ text }) => text));
  if (texts.size > 1) object(claims[0]!, `${texts.size} different signatures: ${[...texts].join(', ')}`);
  for (const text of texts) {
    const claim = claims.find((each) => each.text === text)!;
    const parsed = parseSignature(text);
    if (parsed === undefined) object(claim, `${text} is no {username}{DDMMYYYYHHMM} of a real time`);
    else if (parsed.legacy) object(claim, `${text} has the old form DDMMYYHHMMSS`);
    const rows = claims.filter((each) => each.kind === 'audit' && each.text === text);
    if (rows.length > 1) object(rows[1]!, `${text} has ${rows.length} rows in the audit`);
    for (const other of usesElsewhere(dossier, text)) object(other, `${text} is used elsewhere too`);
  }
  for (const { pin, change, reason } of restsOf(dossier)?.reopened ?? []) {
    const detail = `re-opened: what it was given for has ${change}: ${reason}`;
    wrong.push({ kind: 'refinement', file: pin.file, line: pin.line, detail });
  }
  return wrong;
}

function usesElsewhere({ tree, wpId, ground: { uses: dossierUses } }: Dossier, text: string): Claim[] {
  const uses = signatureUses(tree).get(text) ?? [];
  const others = dossierUses.filter(({ what }) => what.signature === text);
  return [...uses, ...others.map(({ what }) => what)]
    .filter(({ row, wpIds }) => row?.invalid === true || (wpIds.length > 0 && !wpIds.includes(wpId)))
    .map(({ kind, place }) => ({ text, kind, place }));
}
