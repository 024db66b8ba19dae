import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

const AFTER_STUB = new Set([
  'READY_FOR_DEV',
  'ACTIVE',
  'IN_PROGRESS',
  'BLOCKED',
  'VALIDATED',
  'FAIL',
  'OUTDATED_ONLY',
]);

/** Exactly one entry, out of the stubs, with a packet behind it. */
export function judgeBoard({ tree, boardEntries, packet }: Dossier): Judgement {
  const { board } = tree;
  if (board === undefined) return absent('there is no Task Board');
  const next = nextStep.align(board.path);
  const entry = boardEntries[0];
  const name = board.path.slice(board.path.lastIndexOf('/') + 1);
  if (entry === undefined) return absent(`${name} has no entry for it`, next, { file: board.path });
  const said = boardEntries.map(({ place, token, section }): Evidence => {
    const state = token === undefined ? `the section "${section}"` : `[${token}]`;
    return {
      kind: 'board',
      file: board.path,
      line: place.line,
      detail: `${name}:${place.line} says ${state}`,
    };
  });
  if (boardEntries.length > 1) {
    return judged('FAIL', [
      { kind: 'board', file: board.path, detail: `${said.length} entries, expected one` },
      ...said,
    ]);
  }
  const { place, token, section } = entry;
  if (token === 'STUB') return absent(said[0]!.detail, next, { file: board.path, line: place.line });
  const bare = token === undefined && /^ready for dev\b/i.test(section);
  if (!bare && !AFTER_STUB.has(token ?? '')) return judged('FAIL', said);
  if (/^stub\b/i.test(section)) {
    return judged('FAIL', [...said, { kind: 'note', detail: `it stands in the section "${section}"` }], next);
  }
  if (packet === undefined) {
    return judged('FAIL', [...said, { kind: 'note', detail: 'there is no packet behind it' }], next);
  }
  return judged('PASS', said);
}
