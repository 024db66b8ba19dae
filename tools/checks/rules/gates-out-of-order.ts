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
