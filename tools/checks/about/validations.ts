import type { TreeFacts, ValidationSessionFacts } from '../../artifacts/index.ts';
import { compareText } from '../../findings/index.ts';

/** The latest validation of each work packet; of two that ended at once, that of a file of its own. */
export function latestSessions({ validatorGates }: TreeFacts): Map<string, ValidationSessionFacts> {
  const latest = new Map<string, ValidationSessionFacts>();
  const files = validatorGates.toSorted(
    (a, b) => Number(b.legacy) - Number(a.legacy) || compareText(a.path, b.path),
  );
  for (const { sessions, stem } of files) {
    for (const session of sessions) {
      const wpId = idOf(session, stem);
      const known = latest.get(wpId);
      if (known === undefined || endOf(session) >= endOf(known)) latest.set(wpId, session);
    }
  }
  return latest;
}

/** The validations of each work packet that failed and were set aside, in the order of their files. */
export function archivedFailures({ validatorGates }: TreeFacts): Map<string, ValidationSessionFacts[]> {
  const failures = new Map<string, ValidationSessionFacts[]>();
  for (const { archived, stem } of validatorGates.toSorted((a, b) => compareText(a.path, b.path))) {
    for (const session of archived) {
      if (session.verdict?.text !== 'FAIL') continue;
      const wpId = idOf(session, stem);
      const known = failures.get(wpId);
      if (known === undefined) failures.set(wpId, [session]);
      else known.push(session);
    }
  }
  return failures;
}

/** When the last of its gates was passed; 0 where no gate has a time. */
export function endOf({ gates }: ValidationSessionFacts): number {
  return gates.at(-1)?.time ?? 0;
}

function idOf({ key, wpId }: ValidationSessionFacts, stem: string): string {
  return key?.text ?? wpId?.text ?? stem;
}
