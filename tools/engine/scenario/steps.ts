import { z } from 'zod';
import { ToolIdempotency, ToolSideEffect } from '../../generated/index.ts';

export const name = z
  .string()
  .regex(/^[A-Za-z][\w-]*$/, { error: 'a name of letters, digits, - and _ that begins with a letter' });
export const ms = z.int().min(0);
export const money = z.number().min(0);

const ignore_signal = z
  .boolean()
  .optional()
  .describe('The runner does not listen when it is stopped; after the grace of 5 s the engine lets it go.');

const expectedAnswer = z
  .string()
  .optional()
  .describe('What the answer must be: accepted, or the reason of a refusal.');

export const spawnStep = z
  .strictObject({
    as: name.describe(
      'What the scenario calls the child, and the id of the request: the same one twice is one request.',
    ),
    role: z.string().describe('Role of the child.'),
    script: name.optional().describe('What the child plays. Default: nothing; it completes at once.'),
    task: z.string().optional().describe('What the child is told to do. Default: to play its script.'),
    mode: z
      .enum(['ONE_SHOT', 'SESSION_PERSISTENT'])
      .optional()
      .describe(
        'A ONE_SHOT child (default) ends with its task, a SESSION_PERSISTENT one rests and takes another.',
      ),
    announce_back: z
      .boolean()
      .optional()
      .describe('Whether the child reports to its requester. Default true.'),
    grants: z
      .array(z.string())
      .optional()
      .describe('Capabilities that the child asks for. Default: its parent’s.'),
    model: z.string().optional().describe('provider/model of the child. Default: its parent’s.'),
    max_child_depth: z.int().min(0).optional().describe('Lowers the depth that the child may spawn to.'),
    max_active_children: z
      .int()
      .min(0)
      .optional()
      .describe('Lowers how many children the child may have at once.'),
    expect: expectedAnswer,
  })
  .describe('Asks for a child. The answer comes at once; the child runs by itself.');

/** Every step, by its key. What a step means is perform.ts. */
export const steps = {
  say: z
    .strictObject({
      text: z.string().optional().describe('The answer, in one piece.'),
      chunks: z.array(z.string()).min(1).optional().describe('The answer, in pieces; instead of text.'),
      ms: ms.optional().describe('Milliseconds before each piece. Default 0.'),
      tokens: z
        .int()
        .min(0)
        .optional()
        .describe('Tokens of the whole answer, booked piece by piece. Default 0.'),
      cost_usd: money.optional().describe('Dollars of the whole answer. Default: unknown.'),
      ignore_signal,
    })
    .refine(({ text, chunks }) => (text === undefined) !== (chunks === undefined), {
      error: 'either text or chunks',
    })
    .describe('The model answers. A cancel or a pause takes effect between two pieces.'),
  tool: z
    .strictObject({
      id: z.string().describe('tool_id of the call.'),
      version: z.string().optional().describe('tool_version. Default 1.0.0.'),
      args: z.record(z.string(), z.unknown()).optional().describe('Arguments. Default: none.'),
      needs: z.array(z.string()).optional().describe('Capabilities that the call needs. Default: none.'),
      side_effect: ToolSideEffect.optional().describe('What the tool declares. Default READ.'),
      idempotency: ToolIdempotency.optional().describe('What the tool declares. Default IDEMPOTENT.'),
      key: z.string().optional().describe('idempotency_key of the call.'),
      ms: ms.optional().describe('How long the tool works; it holds no permit meanwhile. Default 0.'),
      result: z.unknown().optional().describe('What the tool returns. Default {}.'),
      fails: z.boolean().optional().describe('The tool throws instead.'),
      ask: z.boolean().optional().describe('The call waits for an operator first: the action approve.'),
      ignore_signal,
      expect: z
        .string()
        .optional()
        .describe(
          'What the call must come to: ok, or the code of its error (capability_denied, tool_failed, invalid_result).',
        ),
    })
    .describe('Calls a tool.'),
  spawn: spawnStep,
  usage: z
    .strictObject({
      tokens: z.int().min(0).describe('Tokens that a provider call has used.'),
      cost_usd: money.optional().describe('What they cost in dollars. Default: unknown.'),
    })
    .describe('Books tokens and dollars.'),
  sleep: z
    .union([ms, z.strictObject({ ms, ignore_signal })], { error: 'milliseconds, or { ms, ignore_signal }' })
    .describe('Takes so many milliseconds of a provider call.'),
  wait: z
    .union(
      [
        z.enum(['children', 'input']),
        z.strictObject({
          child: name.describe('A child that this script spawned.'),
          announcements: z
            .int()
            .min(1)
            .optional()
            .describe('How many of its reports to wait for. Default 1.'),
        }),
      ],
      { error: 'children, input, or { child, announcements }' },
    )
    .describe(
      'Ends the run until something has come: children = every announcing child of this script has reported, input = a message.',
    ),
  turn: z
    .strictObject({})
    .describe(
      'Ends the run. The script goes on in the next one, whatever starts it: a message, a report, another run.',
    ),
  fail: z
    .strictObject({
      error: z.string().describe('What is said of the failure.'),
      retryable: z.boolean().optional().describe('Whether another try may succeed. Default false.'),
      times: z.int().min(1).optional().describe('How many tries fail. Default: every one.'),
    })
    .describe('The run fails.'),
  hang: z
    .strictObject({
      times: z.int().min(1).optional().describe('How many tries hang. Default: every one.'),
      ignore_signal,
    })
    .describe('The provider never answers. The run ends when it is stopped or its timeout_ms is over.'),
  garbage: z
    .enum(['outcome', 'chunk', 'usage', 'spawn', 'tool'])
    .describe(
      'The runner talks nonsense, which the engine has to refuse. After an outcome of that kind the run has failed; after any other the script goes on.',
    ),
  complete: z
    .strictObject({
      outputs: z.array(z.string()).optional().describe('Artifact ids that are handed on.'),
      next_steps: z.array(z.string()).optional().describe('What is proposed to the requester.'),
      issues: z.boolean().optional().describe('The run ends completed_with_issues.'),
      close: z
        .boolean()
        .optional()
        .describe(
          'false: only the task of a SESSION_PERSISTENT session is done; it reports and rests. Default true.',
        ),
    })
    .describe('The task is done.'),
};

type Steps = { [Key in keyof typeof steps]: z.input<(typeof steps)[Key]> };
export type StepKind = keyof Steps;
/** What stands under the key of a step. */
export type StepOf<Kind extends StepKind> = Steps[Kind];
/** What a scripted session does, one thing after the other. Times are milliseconds of the clock. */
export type Step = { [Kind in StepKind]: { [Key in Kind]: Steps[Kind] } }[StepKind];
export type SpawnStep = StepOf<'spawn'>;
export type Scripts = Record<string, readonly Step[]>;

export function kindOf(step: Step): StepKind {
  return Object.keys(step)[0] as StepKind;
}

/** Exactly one key, so that an error can say which step it is about. */
export const step = z
  .strictObject(
    Object.fromEntries(Object.entries(steps).map(([key, schema]) => [key, schema.optional()])) as {
      [Key in StepKind]: z.ZodOptional<(typeof steps)[Key]>;
    },
  )
  .refine((value) => Object.keys(value).length === 1, {
    error: `one of ${Object.keys(steps).join(', ')}`,
  })
  .meta({ minProperties: 1, maxProperties: 1 });
