import type { GateEvent } from '../../artifacts/index.ts';
import { defineRule } from '../rule.ts';

interface Args {
  found: string;
  expected: string;
}

/** What must have been recorded for a work packet before. */
const BEFORE: Readonly<Record<string, string>> = { SIGNATURE: 'REFINEMENT', PREPARE: 'SIGNATURE' };

export const gatesOutOfOrder = defineRule<'gates', Args>({
  id: 'gates/out-of-order',
  summary:
    'The gate log grows: time never runs back, and a work packet is refined, then signed, then prepared.',
  appliesTo: 'gates',
  severity: 'error',
  docs: `The order in the log is what proves that somebody looked before signing. A check that compared times with each other let a log pass whose SIGNATURE was from "whenever" and whose PREPARE was from before that: a time that is none is neither earlier nor later, and the comparison was skipped.

An event above those that it needs was put in by hand, or came in by a merge. Record the steps again in their order; a work packet may be refined, signed and prepared more than once.`,
  message: ({ found, expected }) => `Unexpected ${found}, expected ${expected}`,
  *check({ events }) {
    const recorded = new Set<string>();
    let previous: GateEvent | undefined;
    for (const event of events) {
      const { wpId, type, timestamp, time, entry } = event;
      if (previous !== undefined && time < previous.time) {
        const { place, source } = entry.at('timestamp')!;
        const expected = `none before the ${previous.timestamp} of the event above it`;
        yield { place, args: { found: `time ${timestamp}`, expected }, found: source };
      }
      const before = Object.hasOwn(BEFORE, type) ? BEFORE[type]! : undefined;
      if (before !== undefined && !recorded.has(`${before} ${wpId}`)) {
        const { place, source } = entry.at('type')!;
        yield {
          place,
          args: { found: `${type} of ${wpId}`, expected: `a ${before} before it` },
          found: source,
        };
      }
      recorded.add(`${type} ${wpId}`);
      previous = event;
    }
  },
});
