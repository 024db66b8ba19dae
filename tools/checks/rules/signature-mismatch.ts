import { isDated, packetStage, signatureText, type WorkPacket, workPackets } from '../../artifacts/index.ts';
import { linePlace } from '../../findings/index.ts';
import { type Sight, sight } from '../about/sight.ts';
import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  where: string;
  found: string;
  expected: string;
  source: string;
}

interface Claim {
  where: string;
  signature: string;
  seen: Sight;
}

export const signatureMismatch = defineRule<'tree', Args>({
  id: 'signature/mismatch',
  summary: 'Ledger, gate log, audit, refinement and packet of a work packet bear one signature.',
  appliesTo: 'tree',
  severity: 'warning',
  docs: `Which yes was it? The records were written when the signature was given, the documents can be edited at any time; so the records are taken for what is expected: the ledger, then the audit's row for the creation of the packet, then the gate log. A second signature that the audit records for the same work packet (a wider scope, a waiver) is another yes and no contradiction. It is an error while the packet is open.`,
  message: ({ wpId, where, found, expected, source }) =>
    `Unexpected signature ${found} of ${wpId} in the ${where}, expected ${expected} as in the ${source}`,
  *check(tree) {
    for (const work of workPackets(tree).values()) {
      const { ledger, events, audits, refinement, packet } = work;
      // One source contradicts nobody, and most work packets have no more.
      const sources = ledger.length + events.length + audits.length;
      if (sources === 0 && (refinement === undefined || packet === undefined)) continue;
      const claims = claimsOf(work);
      const expected = claims[0];
      const said = new Set(work.audits.flatMap((row) => (row.invalid ? [] : [row.signature])));
      const others = claims.filter(
        ({ signature }) => signature !== expected?.signature && !said.has(signature),
      );
      // The documents come last, and are what is mended.
      const found = others.at(-1);
      if (expected === undefined || found === undefined) continue;
      yield {
        ...found.seen,
        args: {
          wpId: work.id,
          where: found.where,
          found: found.signature,
          expected: expected.signature,
          source: expected.where,
        },
        expected: expected.signature,
        severity: packetStage(tree, work) === 'open' ? 'error' : 'warning',
        related: claims
          .filter((claim) => claim !== found)
          .map(({ where, signature, seen }) => ({ place: seen.place, note: `${signature} in the ${where}` })),
      };
    }
  },
});

/** What each record and document says, the most trusted first. */
function claimsOf({ ledger, events, audits, refinement, packet }: WorkPacket): Claim[] {
  const claims: Claim[] = [];
  for (const { kind, data, path } of ledger) {
    if (kind === 'sign' && typeof data.signature === 'string')
      claims.push({ where: 'ledger', signature: data.signature, seen: { place: linePlace(path, 1) } });
  }
  for (const { signature, kind, place } of audits) {
    if (kind === 'packet_creation' || kind === 'packet_activation')
      claims.push({ where: 'audit', signature, seen: sight(place, signature) });
  }
  for (const { type, signature, place } of events) {
    if (type === 'SIGNATURE' && signature !== undefined)
      claims.push({ where: 'gate log', signature, seen: { place } });
  }
  for (const [where, field] of [
    ['refinement', refinement?.signature],
    ['packet', packet?.signature],
  ] as const) {
    const signature = signatureText(field?.value ?? '');
    if (field !== undefined) claims.push({ where, signature, seen: sight(field.place, field.raw) });
  }
  return claims.filter(({ signature }) => isDated(signature));
}
