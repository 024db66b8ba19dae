import { boardState, isStarted, otherSection } from '../../artifacts/index.ts';
import type { Dossier } from '../dossier.ts';
import { absent, type Evidence, type Judgement, judged } from '../model.ts';
import { nextStep } from '../next.ts';

/** Exactly one entry, out of the stubs, with a packet behind it. */
export function judgeBoard({ tree, boardEntries, packet, fold }: Dossier): Judgement {
  const { board } = tree;
  if (board === undefined) return absent('there is no Task Board');
  const next = fold.entries.length > 0 ? nextStep.sync() : nextStep.align(board.path);
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
  const state = boardState(entry);
  if (state === 'STUB') return absent(said[0]!.detail, next, { file: board.path, line: entry.place.line });
  if (state === undefined || !isStarted(state)) return judged('FAIL', said);
  if (otherSection(entry) !== undefined) {
    const detail = `it stands in the section "${entry.section}"`;
    return judged('FAIL', [...said, { kind: 'note', detail }], next);
  }
  if (packet === undefined) {
    return judged('FAIL', [...said, { kind: 'note', detail: 'there is no packet behind it' }], next);
  }
  if (entry.token === 'ACTIVE') {
    const detail = 'it went to Active, and not to Ready for Dev';
    return judged('PASS', [...said, { kind: 'note', detail }]);
  }
  return judged('PASS', said);
}
