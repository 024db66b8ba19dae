import { count, nearWords } from '../text/index.ts';
import type { Pathed } from './problem.ts';

/** Families that nobody knows, and times shorter than those of the spec (D-45): a workspace may lengthen them only. */
export function retentionProblems(
  values: unknown,
  families: readonly { family: string; days: number }[],
): Pathed[] {
  const named = (values as { recorder?: { retention?: unknown } | null }).recorder?.retention;
  const entries = Object.entries(typeof named === 'object' && named !== null ? named : {});
  const names = families.map(({ family }) => family);
  return entries.flatMap(([family, days]): Pathed[] => {
    const path = ['recorder', 'retention', family];
    const known = families.find((each) => each.family === family);
    if (known === undefined) {
      const near = nearWords(family, names);
      const expected = (near.length > 0 ? near : names).join(', ');
      return [{ path, text: `Unexpected family ${family}, expected one of: ${expected}` }];
    }
    if (typeof days !== 'number' || days >= known.days) return [];
    const least = count(known.days, 'day');
    return [
      { path, text: `Unexpected ${count(days, 'day')} for ${family}, expected at least ${least} (D-45)` },
    ];
  });
}
