import { z } from 'zod';
import { ModelSession } from '../../generated/index.ts';

const count = z.int().min(0);

const text = z.string();

/** A session in a list, and as parent or child of another. */
export const sessionSummary = ModelSession.extend({
  name: text.nullable().describe('as the scenario or the request calls it'),
  root_session_id: text,
  request_id: text.nullable().describe('the request that it was spawned by; null for a root'),
  blocked_on: text.nullable(),
  pause_reason: text.nullable(),
  pause_requested: text
    .nullable()
    .describe('asked for while a run is at work, which stops at its next boundary'),
  total_tokens: count,
  total_cost_usd: z.number().nullable(),
  awaits_approval: z
    .strictObject({
      tool_call_id: text,
      number: count.nullable().describe('among the tool calls of the thread, from 1'),
    })
    .nullable(),
  retry_at: text.nullable(),
  announced: z
    .strictObject({ at: text, message_id: text, summary_artifact_id: text.nullable() })
    .nullable()
    .describe('what it told its parent last'),
  cancelled: z
    .strictObject({ by: text, reason: text, at: text, op_id: text, root_session_id: text })
    .nullable(),
  error: text.nullable().describe('of the last run, where the session has failed'),
});

/** `gov session list --json`. */
export const sessionsSchema = z.strictObject({
  schema: z.literal('govkit.sessions@1'),
  db: z.string(),
  sessions: z.array(sessionSummary),
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
