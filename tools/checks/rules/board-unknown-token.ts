import { defineRule } from '../rule.ts';

interface Args {
  token: string;
}

const KNOWN = [
  'STUB',
  'READY_FOR_DEV',
  'ACTIVE',
  'IN_PROGRESS',
  'BLOCKED',
  'VALIDATED',
  'FAIL',
  'OUTDATED_ONLY',
  'SUPERSEDED',
];

export const boardUnknownToken = defineRule<'board', Args>({
  id: 'board/unknown-token',
  summary: 'The state of an entry on the Task Board is one that the protocol knows.',
  appliesTo: 'board',
  severity: 'error',
  message: ({ token }) => `Unexpected state ${token}, expected one of ${KNOWN.join(', ')}`,
  *check(board) {
    for (const entry of board.entries) {
      if (entry.token !== undefined && KNOWN.includes(entry.token)) continue;
      // Under Ready for Dev the section alone says the state: upstream wrote it so for years.
      if (entry.token === undefined && /^ready for dev\b/i.test(entry.section)) continue;
      const token = entry.token === undefined ? 'without a token' : `"${entry.token}"`;
      yield { place: entry.token === undefined ? entry.place : entry.tokenPlace, args: { token } };
    }
  },
});
