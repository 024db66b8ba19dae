import { z } from 'zod';
import {
  ActivitySpanBinding,
  ConsentReceipt,
  ModelSessionSpanBinding,
  ProjectionPlan,
  SessionMessage,
} from '../../generated/index.ts';
import { sessionSummary } from './sessions.ts';

const text = z.string();
const count = z.int().min(0);
const money = z.number().nullable();

const letter = z.strictObject({
  message_id: text,
  mailbox_kind: text,
  thread_id: text,
  created_at: text,
  from_role: text,
  to_roles: z.array(text),
  message_type: text,
  body_ref: text,
  body_sha256: text,
  attachments: z.array(text),
  relates_to_message_id: text.nullable(),
  transcription_links: z.array(z.unknown()),
  idempotency_key: text,
  to_session_id: text,
  from_session_id: text,
});

const span = z.strictObject({
  span_id: text,
  kind: text,
  name: text.nullable().optional().describe('of a tool call: the tool'),
  session_id: text,
  parent_span_id: text.nullable(),
  job_id: text.nullable(),
  model_id: text,
  start_time: text,
  end_time: text.nullable(),
  status: text.nullable(),
  token_count: count.nullable(),
  cost_usd: money,
});

const bindings = z
  .strictObject({ session: ModelSessionSpanBinding, activities: z.array(ActivitySpanBinding) })
  .describe('the spans as the records of 4.3.9.18.2');

const job = z.strictObject({
  job_id: text,
  job_seq: count,
  state: text,
  lane: text,
  priority: z.number(),
  attempt: count.describe('attempts that have failed'),
  max_retries: count,
  run_epoch: count,
  held: z.boolean().describe('kept back while the session is paused or runs another job'),
  wake: z.boolean(),
  awaiting_tool_call_id: text.nullable(),
  approved_by: text.nullable(),
  tokens: count,
  cost_usd: money,
  error: text.nullable(),
  queued_at: text,
  started_at: text.nullable(),
  retry_at: text.nullable(),
});

const openCall = z.strictObject({
  tool_call_id: text,
  tool_id: text,
  tool_version: text,
  args_hash: text,
  side_effect: text,
  idempotency: text,
  idempotency_key: text.nullable(),
  begun_at: text,
  judgement: z
    .enum(['repeat', 'repeat_with_key', 'ask_operator'])
    .describe('what happens if the run makes the call again'),
  approved_by: text.nullable(),
});

const permission = z.strictObject({
  permission_id: text,
  reader_session_id: text,
  session_id: text,
  allowed_by: text,
  allowed_at: text,
  until: text.nullable().describe('the first moment at which it does not hold any more'),
  revoked_at: text.nullable(),
  revoked_by: text.nullable(),
});

const consent = z.strictObject({
  receipt: ConsentReceipt,
  plan: ProjectionPlan,
  used_by_job_id: text.nullable().describe('the job that a SINGLE_CALL receipt has served for'),
  revoked_by: text.nullable(),
  receipt_artifact_id: text,
  plan_artifact_id: text,
  revocation_artifact_id: text.nullable(),
});

const named = z.array(z.strictObject({ job_id: text, session_id: text }));
const cap = z.strictObject({ used: count, most: count });

/** `gov session show ID --json`. */
export const sessionSchema = z.strictObject({
  schema: z.literal('govkit.session@1'),
  db: text,
  session: sessionSummary.extend({
    spawn_mode: text,
    announce_back: z.boolean(),
    lane: text,
    provider: text,
    task_payload_artifact_id: text.nullable(),
    trace_id: text,
    model_session_span_id: text,
    closing: z.boolean(),
  }),
  parent: sessionSummary.nullable(),
  children: z.array(sessionSummary).describe('in the order of their spawn'),
  caps: z.strictObject({ depth: cap, children: cap, descendants_of_root: count }),
  jobs: z.array(job),
  queue: z
    .strictObject({
      job_id: text,
      lane: text,
      provider: text,
      model_id: text,
      ahead: named.describe('jobs of the same sub-queue that come first'),
      running: named.describe('provider calls that hold a permit'),
      denied_until: text.nullable(),
    })
    .nullable(),
  messages_total: count,
  messages: z.array(
    SessionMessage.extend({
      provenance: z
        .strictObject({
          source_session_id: text.nullable(),
          source_role: text.nullable(),
          content_hash: text.nullable(),
          trusted: z.boolean(),
        })
        .nullable(),
    }),
  ),
  inbox: z.array(letter).describe('unread: announcements of children, and notices (FYI) of how they are'),
  announcements: z.array(letter).describe('what it announced to its parent'),
  pending_tool_calls: z.array(openCall).describe('begun, and nobody knows how they ended'),
  crash_resumes: z
    .array(text)
    .describe(
      'when it was resumed after a crash, the latest two; the next one within an hour needs an approval',
    ),
  consents: z.array(consent).describe('receipts that cover it, or did'),
  may_read: z.array(permission).describe('threads of others that it was allowed to read'),
  readers: z.array(permission).describe('sessions that were allowed to read its thread'),
  spans: z.array(span),
  bindings,
  packet: z.strictObject({ wp_id: text, total_tokens: count, total_cost_usd: money }).nullable(),
  contents: z
    .record(text, text.nullable())
    .nullable()
    .describe('with --content: redacted texts by artifact id, null for one that is gone'),
});

const refused = z
  .strictObject({ code: text, message: text, next: text.optional() })
  .describe('the closed reason, and what it means here')
  .optional();

/** What a command answers that acts on a session: all of it, or a refusal. */
const answer = <Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) =>
  z.strictObject({
    schema: z.literal(name),
    db: text.optional(),
    refused,
    ...(z.strictObject(shape).partial().shape as { [Key in keyof Shape]: z.ZodOptional<Shape[Key]> }),
  });

/** `gov session spawn --json`. */
export const sessionSpawnSchema = answer('govkit.session-spawn@1', {
  child_session_id: text,
  spawned_before: z.boolean().describe('the same request was made before; this is its child'),
  task_payload_artifact_id: text,
});

/** `gov session cancel --json`. */
export const sessionCancelSchema = answer('govkit.session-cancel@1', {
  op_id: text,
  root_session_id: text,
  cancelled_session_ids: z.array(text).describe('root first, children as they were spawned'),
  skipped_session_ids: z.array(text).describe('had ended before'),
  reason: text,
  cancelled_by: text,
});

/** `gov session pause --json`, and those of `resume`, `approve` and `send`. */
export const sessionSteerSchema = answer('govkit.session-steer@1', {
  action: z.enum(['pause', 'resume', 'approve', 'send']),
  session_id: text,
  state: text,
  blocked_on: text.nullable(),
  pause_reason: text.nullable(),
  pause_requested: text.nullable().describe('a run is at work, and stops at its next boundary'),
});

/** `gov session consent --json` and `gov session revoke --json`. */
export const sessionConsentSchema = answer('govkit.session-consent@1', {
  consent_receipt_id: text,
  revoked: z.boolean(),
});

const process = z.strictObject({
  boot_id: text.describe('what --presume-dead names'),
  host: text,
  pid: count,
  process_started: text.nullable(),
  started_at: text,
  runs: count,
});

/** `gov session recover --json`. */
export const sessionRecoverSchema = z.strictObject({
  schema: z.literal('govkit.session-recover@1'),
  db: text,
  recovered: z
    .array(
      z.strictObject({
        session_id: text,
        job_id: text,
        role: text,
        wp_id: text.nullable(),
        boot_id: text.describe('the process that ran it'),
        last_seen_at: text,
        checkpoint_artifact_id: text.nullable(),
        last_checkpoint_at: text.nullable(),
        checkpoint_readable: z.boolean(),
        message_thread_tail_id: text,
        pending_tool_calls: z.array(openCall),
      }),
    )
    .describe('orphans that are paused now'),
  freed_permits: count,
  pending: z
    .array(
      z.strictObject({ session_id: text, job_ids: z.array(text), pending_tool_calls: z.array(openCall) }),
    )
    .describe('sessions to be resumed or cancelled, with jobs and tool calls that were cut off'),
  living: z.array(process).describe('processes that live: their runs are left alone'),
  unknown: z
    .array(process)
    .describe('processes of which nobody here can tell whether they live: their runs are left alone'),
});
