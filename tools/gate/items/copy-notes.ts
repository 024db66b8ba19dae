import { lastOf, type Packet, type Stub } from '../../artifacts/index.ts';
import { sha256 } from '../../text/index.ts';
import { asciiEscaped } from '../ascii.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';

/** What stands in the map of notes for one that was left out. */
const DROPPED = /^DROPPED:\s*(.*)$/;

/**
 * Every bullet of the stub stands in the packet, where the map of the ledger says, or was dropped for a reason
 * (0 of 59 were copied word for word upstream, so that text that was changed needs a human).
 */
export function judgeCopyNotes({ stub, packet, fold }: Dossier): Judgement {
  const notes = stub === undefined ? [] : notesOf(stub);
  if (notes.length === 0)
    return judged('NOT_APPLICABLE', [{ kind: 'note', detail: 'the stub has no notes to copy' }]);
  const created = lastOf(fold, 'create');
  if (packet === undefined) return absent(`0 of ${notes.length} bullets mapped`);
  if (created === undefined) {
    return judged('NEEDS_HUMAN', [{ kind: 'note', detail: `0 of ${notes.length} bullets mapped` }]);
  }
  const lost: Evidence[] = [];
  const dropped: Evidence[] = [];
  for (const { id, text, line } of notes) {
    const target = created.data.notes[id];
    const reason = DROPPED.exec(target ?? '')?.[1];
    const at = { kind: 'stub' as const, file: stub!.path, line };
    if (reason !== undefined && reason !== '') {
      const by = `dropped by ${created.actor} (${created.role}): ${reason}`;
      dropped.push({ ...at, detail: `"${cut(text)}" ${by}` });
    } else if (target === undefined) lost.push({ ...at, detail: `"${cut(text)}" is mapped to nothing` });
    else if (!carries(packet, target, text))
      lost.push({ ...at, detail: `"${cut(text)}" is not in ${target} of the packet` });
  }
  const mapped = `${notes.length - lost.length} of ${notes.length} bullets mapped`;
  const proof: Evidence = { kind: 'ledger', file: created.path, line: 1, detail: mapped };
  if (lost.length > 0) return judged('NEEDS_HUMAN', [{ kind: 'note', detail: mapped }, ...lost, ...dropped]);
  return dropped.length > 0 ? judged('ATTESTED', [proof, ...dropped]) : judged('PASS', [proof]);
}

/** Whether a section or field of the packet has the bullet, as a packet writes it. */
function carries({ file, sections }: Packet, target: string, text: string): boolean {
  const section = sections.find(({ title }) => title === target || target.startsWith(`${title}.`));
  if (section === undefined) return false;
  const wanted = asciiEscaped(text);
  return file.lines
    .slice(section.line, section.endLine)
    .some((line) => line.replace(/^\s*[-*+]\s+/, '').trimEnd() === wanted);
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}\u2026` : text;
}

/** Every bullet that has to find its place in the packet; its id survives another order of the bullets. */
export function notesOf(stub: Stub): { id: string; text: string; line: number }[] {
  return [...stub.inScope, ...stub.outOfScope, ...stub.acceptance].map(({ text, place }) => ({
    id: sha256(text).slice(0, 12),
    text,
    line: place.line,
  }));
}
