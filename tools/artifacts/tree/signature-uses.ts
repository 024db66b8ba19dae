import { compareText, linePlace, type Place } from '../../findings/index.ts';
import type { AuditRow } from '../signature-audit.ts';
import type { TreeFacts } from './facts.ts';

/** A record or a document that bears a signature. A mention in prose is no use (`SIGNATURE_REUSED`, G16). */
export interface SignatureUse {
  signature: string;
  kind: 'audit' | 'gate_log' | 'ledger' | 'refinement' | 'packet';
  /** The work packets that it is used for; a row of the audit may name none. */
  wpIds: readonly string[];
  place: Place;
  row?: AuditRow;
}

const used = new WeakMap<TreeFacts, ReadonlyMap<string, readonly SignatureUse[]>>();

/** Every use of every dated signature, by its text: rows of the audit, then events, then documents. */
export function signatureUses(tree: TreeFacts): ReadonlyMap<string, readonly SignatureUse[]> {
  const known = used.get(tree);
  if (known !== undefined) return known;
  const uses = new Map<string, SignatureUse[]>();
  for (const use of usesOf(tree)) {
    const others = uses.get(use.signature);
    if (others === undefined) uses.set(use.signature, [use]);
    else others.push(use);
  }
  // Documents come in the order in which they were read; records have an order of their own.
  for (const all of uses.values()) if (all.length > 1) all.sort(compareUses);
  used.set(tree, uses);
  return uses;
}

const ORDER: readonly SignatureUse['kind'][] = ['audit', 'gate_log', 'ledger', 'refinement', 'packet'];

function compareUses(a: SignatureUse, b: SignatureUse): number {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    compareText(a.place.file, b.place.file) ||
    a.place.line - b.place.line
  );
}

/** A name with a time behind it, be the time real or not; `ilja` alone is a name that everything may bear. */
export function isDated(text: string): boolean {
  return /^[a-z]+\d{6,}$/i.test(text);
}

/** The signature as people write it into a field: also as code. */
export function signatureText(value: string): string {
  return value.replace(/^`(.*)`$/, '$1').trim();
}

function* usesOf(tree: TreeFacts): Generator<SignatureUse> {
  for (const row of tree.audit?.rows ?? []) {
    const { signature, wpIds, place } = row;
    if (isDated(signature)) yield { signature, kind: 'audit', wpIds, place, row };
  }
  for (const { signature, wpId, place } of tree.gates?.events ?? []) {
    if (signature !== undefined && isDated(signature))
      yield { signature, kind: 'gate_log', wpIds: [wpId], place };
  }
  for (const { wpId, data, path } of tree.ledger) {
    const { signature } = data;
    if (typeof signature !== 'string' || !isDated(signature)) continue;
    yield { signature, kind: 'ledger', wpIds: [wpId], place: linePlace(path, 1) };
  }
  for (const { stem, kind, signature: field } of [...tree.refinements, ...tree.packets]) {
    const signature = signatureText(field?.value ?? '');
    if (field !== undefined && isDated(signature))
      yield { signature, kind, wpIds: [stem], place: field.place };
  }
}
