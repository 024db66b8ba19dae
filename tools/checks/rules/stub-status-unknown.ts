import { stubState } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
}

export const stubStatusUnknown = defineRule<'stub', Args>({
  id: 'stub/status-unknown',
  summary: 'The status of a stub begins with STUB, SUPERSEDED or ACTIVATED.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `STUB may be activated; SUPERSEDED and ACTIVATED may not. A status that is neither ("READY", "STUB, see below") is read by one command as yes and by another as no: the old gate recorded a refinement for a stub that said "do not activate".

Write one of the three words; what there is to explain follows in parentheses.`,
  message: ({ found }) => `Unexpected status "${found}", expected STUB, SUPERSEDED or ACTIVATED`,
  *check(stub) {
    const { status } = stub;
    if (status === undefined || status.value === '' || stubState(stub) !== 'UNKNOWN') return;
    yield { place: status.place, args: { found: status.raw }, found: status.raw };
  },
});
