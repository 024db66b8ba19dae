import { isPlaceholder, parseSignature, signatureUses } from '../../artifacts/index.ts';
import { linePlace, type Place } from '../../findings/index.ts';
import { type Dossier, restsOf } from '../dossier.ts';
import { absent, type Evidence, type EvidenceKind, type Judgement, judged, TYPED } from '../model.ts';
import { nextStep } from '../next.ts';

interface Claim {
  text: string;
  kind: EvidenceKind;
  place: Place;
}

/**
 * One signature, with a time that exists, the same in the event, the refinement and exactly one audit row, and
 * nowhere else. Typed text can be no more than ATTESTED, whoever typed it.
 */
export function judgeSignature(dossier: Dossier): Judgement {
  const next = nextStep.sign(dossier.refinementPath);
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
  if (wrong.length > 0) return judged('FAIL', [...wrong, ...evidence], next);
  const gaps = (['gate_log', 'refinement', 'audit'] as const).filter(
    // An entry of the ledger is the event, and no more than that: the other two are other people's records.
    (kind) =>
      !claims.some((claim) => claim.kind === kind || (kind === 'gate_log' && claim.kind === 'ledger')),
  );
  if (gaps.length === 0) return judged('ATTESTED', evidence);
  const names = { gate_log: 'the gate log', refinement: 'the refinement', audit: 'the signature audit' };
  const missing = gaps.map((gap) => names[gap]).join(', ');
  return judged('NEEDS_HUMAN', [{ kind: 'note', detail: `not in ${missing}` }, ...evidence], next);
}

function claimsOf({ ledger, gateEvents, refinement, packet, auditRows, tree }: Dossier): Claim[] {
  const claims: Claim[] = [];
  for (const { kind, data, path } of ledger) {
    if (kind !== 'sign' || typeof data.signature !== 'string') continue;
    claims.push({ text: data.signature, kind: 'ledger', place: linePlace(path, 1) });
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
    const mine = auditRows.includes(row) && /^task packet (?:creation|activation)\b/i.test(row.purpose);
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

function usesElsewhere({ tree, wpId }: Dossier, text: string): Claim[] {
  const uses = signatureUses(tree).get(text) ?? [];
  return uses
    .filter(({ row, wpIds }) => row?.invalid === true || (wpIds.length > 0 && !wpIds.includes(wpId)))
    .map(({ kind, place }) => ({ text, kind, place }));
}
