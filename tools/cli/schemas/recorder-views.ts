import { z } from 'zod';
import { ModelSessionState } from '../../generated/index.ts';

const text = z.string();
const count = z.int().min(0);
const usd = z.number().min(0).nullable();

const cost = z
  .strictObject({ cost_usd: usd, unpriced_runs: count })
  .describe('null where nothing has a price; runs that used tokens and have none are counted beside it');
const spent = {
  runs: count.describe('attempts that were dispatched; retries count'),
  tokens: count,
  cost,
};
const about = {
  session_id: text,
  parent_session_id: text.nullable(),
  root_session_id: text,
  role: text,
  model_id: text,
  wp_id: text.nullable(),
  spawn_depth: count,
  state: ModelSessionState,
};
const head = {
  db: text,
  names: z.record(text, text).describe('what a scenario or a request calls sessions, by id'),
};
const next = text.nullable().describe('the tree after which the next page begins; null on the last one');

const cancelledBy = { by: text, reason: text, op_id: text, root_session_id: text };
const node = z.strictObject({
  ...about,
  because: text.nullable().describe('what it waits for, or why it is paused'),
  created_at: text,
  ended_at: text.nullable(),
  ...spent,
  announcements: z.array(
    z.strictObject({
      at: text,
      to_session_id: text,
      message_id: text,
      status: text.nullable(),
      summary_artifact_id: text.nullable(),
      read_at: text.nullable(),
    }),
  ),
  cancelled: z.strictObject({ ...cancelledBy, at: text.nullable() }).nullable(),
  passed_over: z
    .array(z.strictObject(cancelledBy))
    .describe('cancels that went past it, because it had ended already'),
  get children(): z.ZodType {
    return z.array(node);
  },
});

/** `gov recorder query --view tree --json`. */
export const recorderTreeSchema = z.strictObject({
  schema: z.literal('govkit.recorder-tree@1'),
  ...head,
  trees: z.array(node),
  total: z.strictObject({ sessions: count, states: z.record(text, count), ...spent }),
  next,
});

const span = z.strictObject({
  span_id: text,
  kind: z.enum(['model_session', 'model_run', 'attempt', 'tool_call']),
  name: text.nullable().describe('of a tool call: the tool'),
  number: z.int().min(1).describe('the how-manieth of its kind inside its parent'),
  job_id: text.nullable(),
  parent_span_id: text.nullable(),
  start_time: text,
  end_time: text.nullable(),
  duration_ms: count.describe('until `now` while it is open'),
  status: text.nullable(),
  tokens: count.nullable(),
  cost: cost.nullable(),
  get children() {
    return z.array(span);
  },
});
const end = z.strictObject({ session_id: text, span_id: text.nullable() });
const arrow = { at: text, trace_id: text, from: end, to: end };

/** `gov recorder query --view timeline --json`. */
export const recorderTimelineSchema = z.strictObject({
  schema: z.literal('govkit.recorder-timeline@1'),
  ...head,
  now: text,
  extent: z.strictObject({ from: text, to: text, duration_ms: count }).nullable(),
  lanes: z.array(z.strictObject({ ...about, trace_id: text, span })).describe('one for each session'),
  arrows: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('spawn'), ...arrow }),
        z.strictObject({
          kind: z.literal('announce'),
          ...arrow,
          mailbox_message_id: text,
          status: text.nullable(),
          summary_artifact_id: text.nullable(),
          read_at: text.nullable(),
        }),
      ]),
    )
    .describe('in the order of time'),
  next,
});

const perMinute = { tokens_per_minute: z.number().min(0), usd_per_minute: usd };
const budgets = z.array(
  z.strictObject({
    budget_type: text,
    used: z.number().min(0).nullable(),
    budget: z.number().min(0),
    percent: z.number().min(0).nullable(),
    crossed: z.array(
      z.strictObject({
        percent: z.union([z.literal(80), z.literal(100)]),
        threshold_value: z.number(),
        current_value: z.number(),
        at: text,
        session_id: text,
        event_id: text,
      }),
    ),
  }),
);

/** `gov recorder query --view cost --json`. */
export const recorderCostSchema = z.strictObject({
  schema: z.literal('govkit.recorder-cost@1'),
  ...head,
  now: text,
  total: z.strictObject({ sessions: count, ...spent }),
  rate: z
    .strictObject({ active_sessions: count, ...perMinute, unpriced_sessions: count })
    .describe('what the open attempts have used, each by the minutes since it started'),
  packets: z.array(z.strictObject({ wp_id: text, sessions: count, ...spent, budgets })),
  sessions: z.array(
    z.strictObject({
      session_id: text,
      root_session_id: text,
      role: text,
      model_id: text,
      wp_id: text.nullable(),
      state: ModelSessionState,
      ...spent,
      rate: z.strictObject(perMinute).nullable(),
      budgets,
    }),
  ),
});
