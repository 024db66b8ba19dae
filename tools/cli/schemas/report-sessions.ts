import { z } from 'zod';

const text = z.string();
const count = z.int().min(0);
const ms = z.number().describe('milliseconds since `from`');
const lane = count.describe('a position in `lanes`');
const laneOrNone = z.int().min(-1).describe('a position in `lanes`; -1: none that is shown');
const spanOrNone = z.int().min(-1).describe('a span; -1: none');
const column = <T extends z.ZodType>(of: T) => z.array(of);

const spent = z.strictObject({
  runs: count,
  tokens: count,
  cost: z.strictObject({ cost_usd: z.number().nullable(), unpriced_runs: count }),
});

const laneSchema = z.strictObject({
  session_id: text,
  parent: lane.nullable(),
  root: lane,
  role: text,
  model_id: text,
  wp_id: text.nullable(),
  spawn_depth: count,
  state: text,
  because: text.nullable(),
  trace_id: text,
  start: ms,
  end: ms.nullable(),
  spent: spent.describe('what it used itself'),
  spent_below: spent.describe('what it and everything below it used'),
  spans: z.strictObject({ first: count, count }).describe('its spans, its own the first of them'),
  cancelled: count.nullable().describe('who ended it: a position in `cancels`'),
  passed_over: z.array(count).describe('cancels that went past it, because it had ended already'),
  announcements: z.array(
    z.strictObject({
      at: ms,
      to: laneOrNone,
      message_id: text,
      status: text.nullable(),
      summary_artifact_id: text.nullable(),
      read_at: ms.nullable(),
    }),
  ),
  messages: count.describe('how long its thread is'),
  budgets: z.array(
    z.strictObject({
      budget_type: text,
      used: z.number(),
      threshold: z.number().nullable(),
      warned: z.boolean(),
    }),
  ),
});

/** The sessions of `gov report --json`. Columns of one table have the same length. */
export const reportSessionsSchema = z.strictObject({
  database: text.describe('the name of its file'),
  from: text.describe('RFC 3339'),
  as_of: text.describe('RFC 3339: what is open has lasted until then'),
  total: spent,
  lanes: z.array(laneSchema).describe('in the order of their creation'),
  spans: z.strictObject({
    span_id: column(text),
    lane: column(lane),
    kind: column(count).describe('model_session, model_run, attempt, tool_call, from 0'),
    parent: column(spanOrNone),
    depth: column(count),
    start: column(ms),
    end: column(ms.nullable()),
    status: column(text.nullable()),
    name: column(text.nullable()).describe('of a tool call: the tool'),
    job_id: column(text.nullable()),
    tokens: column(z.number().nullable()),
    cost_usd: column(z.number().nullable()),
  }),
  arrows: z.array(
    z.strictObject({
      kind: z.enum(['spawn', 'announce']),
      at: ms,
      read_at: ms.nullable(),
      from: lane,
      from_span: spanOrNone,
      to: lane,
      to_span: spanOrNone,
    }),
  ),
  cancels: z.array(
    z.strictObject({
      op_id: text,
      root: laneOrNone,
      reason: text,
      by: text,
      at: ms.nullable(),
      cancelled: z.array(lane),
      skipped: z.array(lane).describe('they had ended already'),
    }),
  ),
  events: z.strictObject({
    seq: column(count),
    at: column(ms),
    type: column(count).describe('positions in `types`'),
    types: z.array(z.strictObject({ fr_event_id: text, type: text, unknown: z.literal(true).optional() })),
    lane: column(laneOrNone),
    span: column(spanOrNone),
  }),
  gaps: z
    .array(z.strictObject({ first_seq: count, last_seq: count, why: text, archive: text.nullable() }))
    .describe('records that are not in the log any more'),
  left_out: z
    .strictObject({ sessions: count, events_before: count.nullable() })
    .describe('what is older than as much as a page holds'),
});
