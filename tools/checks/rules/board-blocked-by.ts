import { defineRule } from '../rule.ts';

interface Args {
  wpId: string;
  found: string;
}

export const boardBlockedBy = defineRule<'board', Args>({
  id: 'board/blocked-by',
  summary: 'A blocked entry of the Task Board says what blocks it: "blocked_by: WP_ID".',
  appliesTo: 'board',
  severity: 'warning',
  docs: `A work packet that is BLOCKED without a reason stays so: nobody can tell whether what it waited for has happened. Behind the state stands "blocked_by: " and the ids of the packets that have to be validated first; a condition may follow in parentheses. What blocks without an id is written there in words.`,
  message: ({ wpId, found }) => `Unexpected ${found} of ${wpId}, expected "blocked_by: " and what blocks it`,
  *check(board) {
    for (const { token, wpId, details, tokenPlace } of board.entries) {
      if (token !== 'BLOCKED') continue;
      const reason = details.find(({ key }) => /^blocked_by$/i.test(key));
      if (reason !== undefined && reason.value !== '') continue;
      const found = reason === undefined ? 'block without a reason' : 'empty blocked_by';
      yield { place: reason?.place ?? tokenPlace, args: { wpId, found } };
    }
  },
});
