import { READER_RULES, RULES } from '../checks/index.ts';
import { CODEGEN_RULES } from '../contracts/index.ts';
import { compareText, type Severity } from '../findings/index.ts';
import { READING_RULES } from '../spec/index.ts';

/** A rule, as whoever only tells of it needs it. */
export interface RuleDocs {
  id: string;
  summary: string;
  severity: Severity;
  docs?: string;
}

/** Everything that `gov check` may report, by id. */
export function checkRules(): RuleDocs[] {
  const overlay = CODEGEN_RULES.filter(({ id }) => id.startsWith('codegen/overlay-'));
  return [...RULES, ...READER_RULES, ...READING_RULES, ...overlay].sort((a, b) => compareText(a.id, b.id));
}
