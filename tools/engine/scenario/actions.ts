import { z } from 'zod';
import { ConsentScope, ModelRunJob, ModelRunJobLane, SessionPauseReason } from '../../generated/index.ts';
import { engineErrorCodes } from '../errors.ts';
import { milliseconds } from '../inputs.ts';
import { money, ms, name, spawnStep } from './steps.ts';
import { oneOf } from './wording.ts';

const { retry_backoff } = ModelRunJob.shape;

/** The options of `Engine.enqueue`, under the names that they have there. */
export const run = z
  .strictObject({
    lane: ModelRunJobLane.describe('Default: the lane of the role, else PRIMARY.'),
    priority: z.int().min(0).describe('0 goes first. Default 50.'),
    concurrency_group: z.string().describe('Runs of one group share the limit of a provider.'),
    max_retries: z.int().min(0).describe('Further tries of a retryable failure. Default 3.'),
    retry_backoff: retry_backoff.describe('Default EXPONENTIAL.'),
    timeout_ms: milliseconds.describe('Time of provider calls; tools do not count. Default 120000.'),
    deadline_ms: ms.describe('A run that has not started by then fails.'),
    max_tokens_budget: z.int().min(0).describe('A run that has used more fails.'),
    estimated_cost_usd: money.describe('Recorded with the run.'),
  })
  .partial()
  .describe('How the run is scheduled.');

const common = {
  at: ms.describe('When, in milliseconds from the start.'),
  expect: z
    .enum(engineErrorCodes)
    .optional()
    .describe('The code with which the engine must refuse. Default: it must not refuse.'),
};
const session = name.describe('The session, by its name.');
const by = z.string().default('operator').describe('Who does it.');

/** Every action of somebody outside, by its `do`. What an action means is outside.ts. */
export const actions = {
  cancel: z
    .strictObject({
      ...common,
      do: z.literal('cancel'),
      session,
      reason: z.string().default('operator').describe('Why.'),
      by,
      op_id: z.string().optional().describe('Names the operation: the same one again gives the same record.'),
    })
    .describe('Cancels the session and everything below it.'),
  pause: z
    .strictObject({
      ...common,
      do: z.literal('pause'),
      session,
      reason: SessionPauseReason.default('operator').describe('Why.'),
    })
    .describe('Pauses the session; a running one stops at its next boundary.'),
  resume: z
    .strictObject({
      ...common,
      do: z.literal('resume'),
      session,
      approved_by: z
        .string()
        .optional()
        .describe('Who says so; wanted for the third time within an hour after a crash.'),
    })
    .describe('Resumes a paused session.'),
  close: z
    .strictObject({ ...common, do: z.literal('close'), session })
    .describe('No more tasks: the session completes when its work is done.'),
  send: z
    .strictObject({
      ...common,
      do: z.literal('send'),
      session,
      text: z.string().default('').describe('What is sent.'),
      by,
      from: name
        .optional()
        .describe('A session that sends it; then it is routed with all facts of TRUST-002.'),
    })
    .describe('Sends a message, which becomes a USER message and wakes the session.'),
  approve: z
    .strictObject({ ...common, do: z.literal('approve'), session, by })
    .describe('Approves the tool call that the session waits for (ask: true).'),
  enqueue: z
    .strictObject({ ...common, do: z.literal('enqueue'), session, run: run.optional() })
    .describe('One more run of the session.'),
  spawn: z
    .strictObject({ ...common, do: z.literal('spawn'), session, child: spawnStep })
    .describe('Asks for a child of the session from outside of its runs.'),
  consent: z
    .strictObject({
      ...common,
      do: z.literal('consent'),
      receipt: name.describe('What the scenario calls the receipt.'),
      sessions: z.array(name).default([]).describe('The sessions that it covers.'),
      scope: ConsentScope.default('SINGLE_CALL').describe('How much it serves for.'),
      wp_id: z.string().optional().describe('The work packet that a WP_SCOPED receipt covers.'),
      for_ms: ms.optional().describe('How long it holds. Default: until it is revoked.'),
      by,
    })
    .describe('Somebody agrees that sessions may call the cloud: a plan, and a receipt for it.'),
  revoke: z
    .strictObject({
      ...common,
      do: z.literal('revoke'),
      receipt: name.describe('The receipt, by its name.'),
      by,
    })
    .describe('Takes a receipt back.'),
  crash: z
    .strictObject({ at: common.at, do: z.literal('crash') })
    .describe(
      'The process dies: engine and runner lose all they had in memory. A new one opens the store and recovers.',
    ),
  recover: z.strictObject({ ...common, do: z.literal('recover') }).describe('Recovery, once more.'),
};

type Actions = { [Key in keyof typeof actions]: z.output<(typeof actions)[Key]> };
export type ActionKind = keyof Actions;
export type ActionOf<Kind extends ActionKind> = Actions[Kind];
export type Action = Actions[ActionKind];

const [first, ...others] = Object.values(actions);
export const action = z.discriminatedUnion('do', [first!, ...others], {
  error: ({ input }) => oneOf(Object.keys(actions), (input as { do?: unknown } | undefined)?.do),
}) as z.ZodType<Action>;
