import type { TracedClause } from './model.ts';
import type { NamingTest } from './tests.ts';

type Judged = Pick<TracedClause, 'state' | 'because'>;

/** How far a clause is proven by the tests that name it. `accepted` is the fingerprint of the lock. */
export function judge(
  tests: readonly NamingTest[],
  fingerprint: string,
  accepted: string | undefined,
  outOfScope: string | undefined,
): Judged {
  if (outOfScope !== undefined) return { state: 'out_of_scope', because: outOfScope };
  const count = (result: string): number => tests.filter(({ test }) => test.result === result).length;
  const [passed, failed] = [count('passed'), count('failed')];
  if (failed > 0) return { state: 'failing', because: `${share(failed, tests.length)} failed` };
  if (tests.length === 0) return { state: 'untraced', because: 'no test names it' };
  if (tests.every(({ off }) => off))
    return { state: 'untraced', because: 'only tests that are switched off name it' };
  if (accepted !== undefined && accepted !== fingerprint)
    return { state: 'suspect', because: 'its words have changed since they were accepted' };
  if (passed > 0) return { state: 'verified', because: `${share(passed, tests.length)} passed` };
  const skipped = count('skipped') > 0;
  return {
    state: 'covered',
    because: skipped ? 'what names it was skipped' : 'no result says that what names it ran',
  };
}

/** `the test that names it`, `1 of 3 tests that name it`. */
function share(some: number, all: number): string {
  return all === 1 ? 'the test that names it' : `${some} of ${all} tests that name it`;
}
