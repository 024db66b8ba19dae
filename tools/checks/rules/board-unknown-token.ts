import { BOARD_STATES, boardState } from '../../artifacts/index.ts';
import { replaced } from '../about/field-fix.ts';
import { defineRule } from '../rule.ts';

interface Args {
  token: string;
}

export const boardUnknownToken = defineRule<'board', Args>({
  id: 'board/unknown-token',
  summary: 'The state of an entry on the Task Board is one that the protocol knows.',
  appliesTo: 'board',
  severity: 'error',
  docs: `Tools compare the state in brackets with the words of the protocol. "[BANANA]" stood under Ready for Dev without a complaint, since only three sections were looked at. An entry without a state is read as READY_FOR_DEV under that heading, where it was written so for years, and means nothing elsewhere.

The fix spells a word whose letters are right ("in progress").`,
  message: ({ token }) => `Unexpected state ${token}, expected one of ${BOARD_STATES.join(', ')}`,
  *check(board) {
    for (const entry of board.entries) {
      if (boardState(entry) !== undefined) continue;
      if (entry.token === undefined) {
        yield { place: entry.place, args: { token: 'without a token' } };
        continue;
      }
      const word = entry.token.toUpperCase().replace(/[\s_-]+/g, '_');
      const state = BOARD_STATES.find((each) => each === word);
      yield {
        place: entry.tokenPlace,
        args: { token: `"${entry.token}"` },
        ...(state === undefined ? {} : { expected: state, fix: replaced(entry.tokenPlace, `[${state}]`) }),
      };
    }
  },
});
