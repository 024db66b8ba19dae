import { isRecord, type Stub } from '../../artifacts/index.ts';
import { sha256 } from '../../text/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/**
 * That text was copied cannot be tested (0 of 59 bullets were copied word for word upstream): every bullet of
 * the stub is mapped to a line of the packet, or dropped with a reason, and the map is recorded.
 */
export function judgeCopyNotes({ stub, packet, ledger }: Dossier): Judgement {
  const notes = stub === undefined ? [] : notesOf(stub);
  if (notes.length === 0)
    return judged('NOT_APPLICABLE', [{ kind: 'note', detail: 'the stub has no notes to copy' }]);
  const created = ledger.findLast(({ kind }) => kind === 'create');
  const map = isRecord(created?.data.notes) ? created.data.notes : {};
  const mapped = notes.filter(({ id }) => isMapped(map[id])).length;
  const detail = `${mapped} of ${notes.length} bullets mapped`;
  const next = nextStep.judge();
  if (packet === undefined) return absent(detail);
  if (created === undefined || mapped < notes.length)
    return judged('NEEDS_HUMAN', [{ kind: 'note', detail }], next);
  return judged('ATTESTED', [{ kind: 'ledger', file: created.path, line: 1, detail }]);
}

/** A place in the packet, or a reason: `DROPPED:` alone is none. */
function isMapped(value: unknown): boolean {
  return typeof value === 'string' && value.replace(/^DROPPED:?/, '').trim() !== '';
}

/** Every bullet that has to find its place in the packet; its id survives another order of the bullets. */
export function notesOf(stub: Stub): { id: string; text: string; line: number }[] {
  return [...stub.inScope, ...stub.outOfScope, ...stub.acceptance].map(({ text, place }) => ({
    id: sha256(text).slice(0, 12),
    text,
    line: place.line,
  }));
}
