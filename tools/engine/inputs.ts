import { z } from 'zod';
import {
  ConsentReceipt,
  defaults,
  FlightRecorderActor,
  formats,
  ModelRunJob,
  ModelRunJobLane,
  ModelSession,
  ModelSessionState,
  ProjectionPlan,
  TokenUsage,
  ToolCall,
  ToolIdempotency,
  ToolSideEffect,
} from '../generated/index.ts';
import { familyFault, typeFault } from '../recorder/index.ts';

const MOST_PROGRESS = 1_000;

/** Beyond this a timer of Node fires at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const text = z
  .string({ error: 'text that is not blank' })
  .refine((value) => value.trim() !== '', 'text that is not blank');
export const whole = (least: number) => {
  const error = `a whole number of at least ${least}`;
  return z.int({ error }).min(least, { error });
};
export const money = z
  .number({ error: 'a finite amount of at least 0' })
  .min(0, { error: 'a finite amount of at least 0' });
const timer = `a whole number of milliseconds from 1 to ${LONGEST_TIMER}`;
export const milliseconds = z
  .int({ error: timer })
  .min(1, { error: timer })
  .max(LONGEST_TIMER, { error: timer });
export const callback = z.custom((value) => typeof value === 'function', 'a function');
const signal = z.custom((value) => value instanceof AbortSignal, 'an AbortSignal').optional();

export const childrenOptions = z.strictObject({ signal, deep: z.boolean().optional() }).optional();
export const callOptions = z.strictObject({ signal }).optional();
export const inboxOptions = z.strictObject({ signal, take: z.boolean().optional() }).optional();
export const resumeOptions = z.strictObject({ signal, approved_by: text.optional() }).optional();
export const recoverOptions = z
  .strictObject({ signal, presumed_dead: z.array(z.string()).optional() })
  .optional();
export const sessionId = text;
export const artifact = text;
export const content = z.string();
export const pauseReason = text;

const declared = ModelSession.pick({
  role: true,
  model_id: true,
  backend: true,
  parameter_class: true,
  execution_mode: true,
  memory_policy: true,
});
const bound = ModelSession.pick({
  wp_id: true,
  mt_id: true,
  capability_grants: true,
  work_profile_id: true,
  context_window_max: true,
});
/** The fields of the generated ModelSession that a creator may state; the engine owns all others. */
export const newSession = declared.extend({ role: text, model_id: text, ...bound.partial().shape });

const { retry_backoff, concurrency_group, cancellation_token } = ModelRunJob.shape;
export const newRun = z
  .strictObject({
    lane: ModelRunJobLane,
    priority: whole(0),
    concurrency_group,
    max_retries: whole(0),
    retry_backoff,
    timeout_ms: milliseconds,
    cancellation_token,
    max_tokens_budget: whole(0).nullable(),
    estimated_cost_usd: money.nullable(),
    deadline_ms: whole(0).nullable(),
  })
  .partial()
  .extend({ session_id: sessionId });

/** Facts that are missing here are the kernel's to refuse: `provenance_missing` (TRUST-002). */
const routed = z
  .strictObject({
    source_session_id: z.string().nullable(),
    source_role: z.string().nullable(),
    content_hash: z.string().nullable(),
    trusted: z.boolean().nullable(),
  })
  .partial();
export const inboundMessage = z.strictObject({
  to_session_id: sessionId,
  content: z.string(),
  source: z.string().optional(),
  routed: routed.optional(),
});

/** Events want UUIDs; in lower case only, since two spellings of one id would be two ids. */
const uuid = z
  .string({ error: 'a UUID in lower case' })
  .refine(
    (value) => z.uuid().safeParse(value).success && value === value.toLowerCase(),
    'a UUID in lower case',
  );

export const approval = z.strictObject({ session_id: sessionId, tool_call_id: text, by: text });
export const cancellation = z.strictObject({ reason: text, by: text, op_id: text.optional() });

const sha256 = z
  .string({ error: 'a SHA-256 in lower case' })
  .refine((value) => formats.sha256.safeParse(value).success, 'a SHA-256 in lower case');
const time = z
  .string({ error: 'an RFC 3339 time' })
  .refine((value) => formats.datetime.safeParse(value).success, 'an RFC 3339 time');

export const projectionPlan = ProjectionPlan.extend({
  projection_plan_id: uuid,
  max_bytes: whole(0),
  payload_sha256: sha256,
  created_at: time,
});
/** A receipt that does not say for how much it serves, serves for one call (4.3.9.14.3). */
export const consentReceipt = ConsentReceipt.extend({
  consent_receipt_id: uuid,
  projection_plan_id: uuid,
  payload_sha256: sha256,
  approved_at: time,
  user_id: text,
  scope: ConsentReceipt.shape.scope.default(defaults.ConsentScope),
  session_ids: z.array(uuid),
  valid_from: time,
  valid_until: time.nullable(),
  revoked_at: time.nullable(),
});
export const consentFilter = z
  .strictObject({ session_id: z.string(), projection_plan_id: z.string() })
  .partial();
export const receiptId = text;
export const revokedBy = text;

export const sessionFilter = z
  .strictObject({
    parent_session_id: z.string(),
    wp_id: z.string(),
    role: z.string(),
    state: ModelSessionState,
  })
  .partial();

export const threadAllowance = z.strictObject({
  reader: sessionId,
  session_id: sessionId,
  by: text,
  until: time.optional(),
});
export const permissionId = text;
export const revoker = text;
/** One name or several. A name that no event can have would be answered by nothing, for ever. */
const names = (faultOf: (name: string) => string | null) =>
  z.unknown().superRefine((value, context) => {
    const given: [path: number[], name: unknown][] = Array.isArray(value)
      ? value.map((name, at) => [[at], name])
      : [[[], value]];
    if (given.length === 0) context.addIssue({ code: 'custom', message: 'one name at least' });
    for (const [path, name] of given) {
      const message = typeof name === 'string' ? faultOf(name) : 'text';
      if (message !== null) context.addIssue({ code: 'custom', path, message });
    }
  });

export const eventQuery = z
  .strictObject({
    model_session_id: text,
    tree: text,
    type: names(typeFault),
    family: names(familyFault),
    role: text,
    model_id: text,
    wp_id: text,
    lane: ModelRunJobLane,
    job_id: text,
    actor: FlightRecorderActor,
    trace_id: text,
    from: time,
    to: time,
    after_seq: whole(0),
    before_seq: whole(1),
    limit: whole(0),
    last: whole(0),
  })
  .partial()
  .superRefine(({ from, to, after_seq = 0, before_seq, limit, last }, context) => {
    const refuse = (field: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
      refuse('to', `a time after from, which is ${from}`);
    if (before_seq !== undefined && before_seq <= after_seq)
      refuse('before_seq', `a place after after_seq, which is ${after_seq}`);
    if (limit !== undefined && last !== undefined) refuse('last', 'either limit or last');
  });

/** Narrows a view; `now` is a reader's who has no clock of an engine. */
export const viewQuery = z
  .strictObject({
    model_session_id: sessionId,
    tree: sessionId,
    role: text,
    model_id: text,
    wp_id: text,
    from: time,
    to: time,
    limit: whole(1),
    after: sessionId,
  })
  .partial();
export const viewName = z.enum(['tree', 'timeline', 'cost']);

/** A spawn that is no object has nobody to answer; what is wrong inside one is answered by the kernel. */
export const spawnRequest = z.looseObject({});

/** What a runner says; a runner is somebody else's code. */
export const chunk = z.string();
/** A notice is no report: what is longer belongs into an output. */
export const progressText = text.max(MOST_PROGRESS, { error: `text of at most ${MOST_PROGRESS} characters` });
/** It becomes part of an event, which holds ids and no text. */
export const threadId = uuid;
export const tokenUsage = TokenUsage.extend({
  prompt_tokens: whole(0),
  completion_tokens: whole(0),
  total_tokens: whole(0),
});
export const cost = money.nullable();
export const toolCall = z.strictObject({
  tool_id: text,
  tool_version: text,
  arguments: ToolCall.shape.arguments,
  tool_call_id: uuid.optional(), // as FR-EVT-007 wants it
  side_effect: ToolSideEffect,
  idempotency: ToolIdempotency,
  idempotency_key: text.optional(),
  transport: z.enum(['local', 'mcp', 'mex', 'stage_bridge', 'other']).optional(),
  capability_ids: z.array(z.string()).optional(),
  invoke: callback,
});

const outcome = {
  key_outputs: z.array(z.string()).optional(),
  next_steps: z.array(z.string()).optional(),
};
export const runResult = z.discriminatedUnion(
  'outcome',
  [
    z.strictObject({
      outcome: z.literal('completed'),
      issues: z.boolean().optional(),
      close: z.boolean().optional(),
      ...outcome,
    }),
    z.strictObject({ outcome: z.literal('yield') }),
    z.strictObject({ outcome: z.literal('awaiting_user'), tool_call_id: text }),
    z.strictObject({ outcome: z.literal('failed'), error: z.string(), retryable: z.boolean() }),
    z.strictObject({ outcome: z.literal('interrupted') }),
  ],
  { error: 'one of completed, yield, awaiting_user, failed, interrupted' },
);

/** What the gate answers; an answer of another form admits nobody. */
export const admissionAnswer = z.union(
  [
    z.looseObject({ refused: z.literal(true), message: z.string() }),
    z.looseObject({ refused: z.literal(false).optional(), capabilities: z.array(z.string()) }),
  ],
  { error: 'an admission or a refusal' },
);
