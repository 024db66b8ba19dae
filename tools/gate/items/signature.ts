import {
  isPlaceholder,
  lastOf,
  parseSignature,
  type Signature,
  signatureUses,
  type TypedEntry,
} from '../../artifacts/index.ts';
import { linePlace, type Place } from '../../findings/index.ts';
import { type Dossier, restsOf, subjectNow } from '../dossier.ts';
import { absent, type Evidence, type EvidenceKind, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';
import { changesSince } from '../subject.ts';
import { changeEvidence } from './changes.ts';
import { noEvents, saysOf } from './gate-log.ts';

interface Claim {
  text: string;
  kind: EvidenceKind;
  place: Place;
  /** Of a row of the audit whose purpose names no work packet: it is shown, and records nothing of this one. */
  counts?: boolean;
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
  const wrong = noEvents(dossier, 'SIGNATURE');
  if (claims.length === 0 && wrong.length === 0) return absent('nothing recorded yet', next);
  wrong.push(...objections(dossier, claims));
  // Upstream's log does not go on once the ledger has the signature.
  if (signed === undefined) wrong.push(...againstEvents(dossier));
  if (signed !== undefined) wrong.unshift(...againstContent(dossier, signed));
  if (wrong.length > 0) return judged('FAIL', [...wrong, ...evidence], next);
  if (signed !== undefined) return judgeSigned(dossier, signed, evidence);
  if (ground.policy === 'ssh') {
    const detail = 'the policy is ssh, and a typed signature is bound to nothing';
    return judged('FAIL', [{ kind: 'note', detail }, ...evidence], next);
  }
  const gaps = (['gate_log', 'refinement', 'audit'] as const).filter(
    (kind) => !claims.some((claim) => claim.kind === kind && claim.counts !== false),
  );
  if (gaps.length === 0) return judged('ATTESTED', evidence);
  const names = { gate_log: 'the gate log', refinement: 'the refinement', audit: 'the signature audit' };
  const missing = gaps.map((gap) => names[gap]).join(', ');
  const note: Evidence = { kind: 'note', detail: `not in ${missing}` };
  const open = gaps.includes('refinement') ? unsigned(dossier) : [];
  return judged('NEEDS_HUMAN', [note, ...open, ...evidence], next);
}

/** The field that a signature belongs in, and does not stand in. */
function unsigned({ refinement }: Dossier): Evidence[] {
  if (refinement === undefined) return [];
  const { signature: field, path } = refinement;
  const detail = `USER_SIGNATURE is ${field === undefined ? 'missing' : `"${field.raw}"`}`;
  return [{ kind: 'refinement', file: path, line: field?.keyPlace.line ?? 1, detail }];
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

function claimsOf({ wpId, fold, gateEvents, refinement, packet, auditRows, tree }: Dossier): Claim[] {
  const claims: Claim[] = [];
  const signed = lastOf(fold, 'sign');
  if (signed !== undefined) {
    claims.push({ text: signed.data.signature, kind: 'ledger', place: linePlace(signed.path, 1) });
  }
  for (const { type, signature, entry, place } of signed === undefined ? gateEvents : []) {
    if (type !== 'SIGNATURE') continue;
    claims.push({
      text: signature ?? '(none)',
      kind: 'gate_log',
      place: entry.at('signature')?.place ?? place,
    });
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
      claims.push({
        text: row.signature,
        kind: 'audit',
        place: row.place,
        counts: row.wpIds.includes(wpId),
      });
    }
  }
  return claims;
}

/** Zones lie this far from UTC: in which of them a signature was typed, upstream did not record. */
const FARTHEST = 14 * 3_600_000;

/** Whether no clock on earth has shown the time of a signature yet. */
function isAhead({ at }: Signature, instant: number): boolean {
  return Date.parse(`${at}Z`) - FARTHEST > instant;
}

/** One event that signs what was recorded before, and no later than it was typed (governance-grammar 6, item 3). */
function againstEvents(dossier: Dossier): Evidence[] {
  const { gateEvents, refinementPath } = dossier;
  const signed = gateEvents.filter(({ type }) => type === 'SIGNATURE');
  const event = signed[0];
  if (event === undefined) return [];
  const wrong: Evidence[] = [];
  const second = signed[1];
  if (second !== undefined) {
    const detail = `${signed.length} SIGNATURE events, expected one; the first is at line ${event.place.line}`;
    wrong.push(saysOf(second, 'signature', detail));
  }
  const path = event.entry.text('refinement_path')?.text;
  if (path !== undefined && path !== refinementPath) {
    const detail = `refinement_path is "${path}", expected "${refinementPath}"`;
    wrong.push(saysOf(event, 'refinement_path', detail));
  }
  const parsed = parseSignature(event.signature ?? '');
  if (parsed !== undefined && isAhead(parsed, event.time)) {
    const detail = `recorded ${event.timestamp}, before the time in ${parsed.text}`;
    wrong.push(saysOf(event, 'timestamp', detail));
  }
  const refined = gateEvents.filter(({ type }) => type === 'REFINEMENT');
  if (refined.length > 0 && !refined.some(({ time }) => time < event.time)) {
    const detail = `signed ${event.timestamp}, and nothing was refined before that`;
    wrong.push(saysOf(event, 'timestamp', detail));
    wrong.push(saysOf(refined[0]!, 'timestamp', `refined ${refined[0]!.timestamp}`));
  }
  return wrong;
}

/** Reasons why these are no signature of this work packet. */
function objections(dossier: Dossier, claims: readonly Claim[]): Evidence[] {
  const { ground } = dossier;
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
    else if (ground.now > 0 && isAhead(parsed, ground.now))
      object(claim, `${text} is of a time that is yet to come`);
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
