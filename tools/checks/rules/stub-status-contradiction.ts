import { contradictingStatus } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  first: string;
  line: number;
}

export const stubStatusContradiction = defineRule<'stub', Args>({
  id: 'stub/status-contradiction',
  summary: 'A stub has one status, however often it says so.',
  appliesTo: 'stub',
  severity: 'error',
  docs: `A stub that is STUB in one place and SUPERSEDED in another is activated by whoever reads the first and left alone by whoever reads the second. Until they agree, neither is proven and the gate stays closed.

Keep the status that is true and take the other line out.`,
  message: ({ found, first, line }) =>
    `Unexpected second status "${found}", expected "${first}" as in line ${line}`,
  *check(stub) {
    const other = contradictingStatus(stub);
    const first = stub.statuses[0];
    if (other === undefined || first === undefined) return;
    yield {
      place: other.place,
      args: { found: other.raw, first: first.raw, line: first.place.line },
      found: other.raw,
      related: [{ place: first.place, note: 'the first status' }],
    };
  },
});
