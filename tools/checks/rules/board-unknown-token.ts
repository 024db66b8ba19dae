import { BOARD_STATES, boardState } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  token: string;
}

export const boardUnknownToken = defineRule<'board', Args>({
  id: 'board/unknown-token',
  summary: 'The state of an entry on the Task Board is one that the protocol knows.',
  appliesTo: 'board',
  severity: 'error',
  message: ({ token }) => `Unexpected state ${token}, expected one of ${BOARD_STATES.join(', ')}`,
  *check(board) {
    for (const entry of board.entries) {
      if (boardState(entry) !== undefined) continue;
      const token = entry.token === undefined ? 'without a token' : `"${entry.token}"`;
      yield { place: entry.token === undefined ? entry.place : entry.tokenPlace, args: { token } };
    }
  },
});
