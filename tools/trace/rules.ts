import type { Severity } from '../findings/index.ts';

/** What `gov trace` reports as findings, for `gov explain`. */
export const TRACE_RULES: readonly { id: string; summary: string; severity: Severity; docs: string }[] = [
  {
    id: 'trace/failing',
    summary: 'No test that names a required clause fails.',
    severity: 'error',
    docs: 'One test that fails outweighs any that pass: the clause is not held to in the case that it tests. The finding stands at the test.',
  },
  {
    id: 'trace/not-run',
    summary: 'A result says that a test which names a required clause ran.',
    severity: 'error',
    docs: 'A title alone proves nothing. Only a result whose title is found in the sources of today counts: a test that was renamed since leaves an old result, and an old result proves nothing. Tests that were skipped did not run.',
  },
  {
    id: 'trace/orphaned',
    summary:
      'An id in a comment, in the title of a test or among what was accepted is defined by the spec or by a stub.',
    severity: 'warning',
    docs: 'Mostly a slip of the pen, or a clause that a new version of the spec has dropped: what is written there answers for nothing. An error where a required pattern matches the id.',
  },
  {
    id: 'trace/suspect',
    summary: 'The words of a required clause are those that were accepted.',
    severity: 'error',
    docs: 'The tests were written for other words. Read the clause and its tests again, then `gov trace --accept ID`.',
  },
  {
    id: 'trace/untraced',
    summary: 'A test names each required clause in its title, or the words of a required criterion.',
    severity: 'error',
    docs: 'Neither a comment nor a text within a test is a proof. A test that is switched off (`.skip`, `.todo`) proves nothing either.',
  },
];
