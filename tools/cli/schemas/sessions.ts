import { z } from 'zod';
import { ModelSession } from '../../generated/index.ts';

const count = z.int().min(0);

/** `gov session list --json`. */
export const sessionsSchema = z.strictObject({
  schema: z.literal('govkit.sessions@1'),
  db: z.string(),
  sessions: z.array(
    ModelSession.extend({
      blocked_on: z.string().nullable(),
      total_tokens: count,
      total_cost_usd: z.number().nullable(),
    }),
  ),
});

/** `gov session run FILE --json`. */
export const sessionRunSchema = z.strictObject({
  schema: z.literal('govkit.session-run@1'),
  title: z.string().optional(),
  db: z.string().optional().describe('absent where the gate refused the run'),
  refused: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  sessions: z.array(
    ModelSession.extend({ name: z.string().nullable().describe('as the scenario calls it') }),
  ),
  events: z.record(z.string(), count).describe('how often each event occurred, by FR-EVT id'),
  violations: z
    .array(
      z.strictObject({
        rule: z.string(),
        at: count.describe('place in the log, from 1'),
        event_id: z.string(),
        message: z.string(),
      }),
    )
    .describe('rules of the spec and expectations of the scenario that the run broke'),
  stats: z
    .strictObject({
      spawned: count,
      refused: z.record(z.string(), count),
      announced: count,
      cascade: z.strictObject({ cancelled: count, skipped: count }),
      simulated_ms: z.number(),
      sessions: count,
      levels: count,
      events_total: count,
    })
    .optional(),
});
