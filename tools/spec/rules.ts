import { compareText, type Severity } from '../findings/index.ts';
import { LINT_RULES } from './lint/registry.ts';

interface SpecRule {
  id: string;
  summary: string;
  severity: Severity;
  docs?: string;
}

/** What reading the Master Spec reports. */
const READING_RULES: readonly SpecRule[] = [
  {
    id: 'spec/broken-fence',
    summary: 'The fences of the Master Spec are closed, so that no heading is hidden in one.',
    severity: 'warning',
    docs: 'The spec was read with a repair at this line. Close the fence, or make an outer fence longer than the ones inside it.',
  },
  {
    id: 'spec/missing',
    summary: 'SPEC_CURRENT.md names a Master Spec, and it is there.',
    severity: 'error',
  },
  { id: 'spec/unreadable', summary: 'The Master Spec can be read.', severity: 'error' },
];

/** What reading the Master Spec and `gov spec lint` report, by id, for `gov explain`. */
export const SPEC_RULES: readonly SpecRule[] = [...READING_RULES, ...LINT_RULES].sort((a, b) =>
  compareText(a.id, b.id),
);
