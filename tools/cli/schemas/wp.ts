import { z } from 'zod';
import { INTENTS } from '../../artifacts/index.ts';
import type { Finding } from '../../findings/index.ts';
import { findingSchema } from './findings.ts';

const line = z.int().min(1);

const itemSchema = z.strictObject({
  index: z.int().min(1).describe('as in the stub'),
  intent: z.enum(INTENTS),
  text: z.string(),
  state: z
    .enum(['PASS', 'ATTESTED', 'NEEDS_HUMAN', 'FAIL', 'NOT_APPLICABLE'])
    .describe('PASS is proven from content; ATTESTED somebody said'),
  evidence: z.array(
    z.strictObject({
      kind: z.enum([
        'absent',
        'anchor',
        'spec',
        'ledger',
        'gate_log',
        'audit',
        'refinement',
        'packet',
        'board',
        'registry',
        'stub',
        'repository',
        'note',
      ]),
      file: z.string().optional(),
      line: line.optional(),
      detail: z.string(),
    }),
  ),
  next: z.string().optional().describe('the command that would move it on'),
});

const blockerSchema = z.strictObject({ wp_id: z.string(), detail: z.string(), file: z.string(), line });

const baseSchema = z.strictObject({
  commit: z.string().describe('the merge base'),
  overruled: z
    .array(z.string())
    .describe('files of the policy that the change has otherwise; those of the base count'),
});

/** `gov wp status WP_ID --json`. */
export const wpSchema = z.strictObject({
  schema: z.literal('govkit.wp@1'),
  wp_id: z.string(),
  stage: z.enum(['STUB', 'REFINEMENT', 'APPROVAL', 'SIGNATURE', 'PREPARE', 'PACKET', 'READY']),
  ready: z.boolean(),
  items: z.array(itemSchema),
  blockers: z.array(blockerSchema),
  waived: z.array(blockerSchema).describe('blockers that a record of the Operator lets pass'),
  refusal: z.string().optional().describe('why it is never to be activated'),
  notes: z.array(z.string()),
  base: baseSchema.optional().describe('with --base and --changed-since'),
  unproven: z.array(z.string()).optional().describe('why it cannot be open here, whatever the items say'),
  findings: z
    .array(findingSchema)
    .optional()
    .describe("entries of the base's ledger that are not as they were"),
  demanded: z
    .string()
    .optional()
    .describe(
      'with --changed-since: why the change fails while this gate is closed; absent where it does not',
    ),
  next: z.string().nullable(),
});

export type WpAnswer = z.infer<typeof wpSchema>;

/** `gov wp status --json`. */
export const wpsSchema = z.strictObject({
  schema: z.literal('govkit.wps@1'),
  base: baseSchema.optional().describe('with --changed-since'),
  findings: z.array(findingSchema).optional().describe('the same'),
  wps: z.array(wpSchema),
});

const git = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('branch'), name: z.string(), at: z.string() }),
  z.strictObject({ kind: z.literal('worktree'), path: z.string(), branch: z.string() }),
  z.strictObject({ kind: z.literal('remove-worktree'), path: z.string(), branch: z.string() }),
  z.strictObject({ kind: z.literal('remove-branch'), name: z.string(), at: z.string() }),
]);

/** Every step of `gov wp` with `--json`. */
export const planSchema = z.strictObject({
  schema: z.literal('govkit.plan@1'),
  wp_id: z.string().describe('empty for sync, which is about all of them'),
  step: z.string(),
  applied: z
    .boolean()
    .describe('false with --dry-run, where a precondition is unmet, and where it was done before'),
  done: z.string().optional().describe('why there was nothing to do'),
  recovered: z
    .strictObject({ step: z.string(), wp_id: z.string() })
    .optional()
    .describe('the interrupted step that was completed first'),
  unmet: z.array(findingSchema).describe('all preconditions that do not hold'),
  said: z.array(z.string()),
  open: z
    .array(z.strictObject({ file: z.string(), line, field: z.string(), expected: z.string() }))
    .optional()
    .describe('rows of the refinement that only a person can fill in'),
  block: z.array(z.string()).optional().describe('the Technical Refinement Block, for the chat'),
  writes: z.array(z.strictObject({ path: z.string(), text: z.string().nullable() })),
  git: z.array(git),
  next: z.string().nullable(),
});

export type PlanAnswer = z.infer<typeof planSchema>;

/** `gov wp status --todo --json`. */
export const todoSchema = z.strictObject({
  schema: z.literal('govkit.todo@1'),
  asked: z.int().describe('work packets that were looked at: those that are not over'),
  waits: z.array(z.strictObject({ wp_id: z.string(), what: z.string(), next: z.string().nullable() })),
});

export type Todo = z.infer<typeof todoSchema>;

/** `gov wp stub --list-missing --json`. */
export const missingStubsSchema = z.strictObject({
  schema: z.literal('govkit.missing-stubs@1'),
  spec: z.string().describe('version of the spec'),
  items: z.array(
    z.strictObject({
      section: z.string(),
      item: z.int(),
      title: z.string(),
      file: z.string(),
      line,
      wp_id: z.string().optional().describe('an id that a stub could have'),
    }),
  ),
});

export type MissingStubs = z.infer<typeof missingStubsSchema>;

/** `gov wp log WP_ID --json`. */
export const wpLogSchema = z.strictObject({
  schema: z.literal('govkit.wp-log@1'),
  wp_id: z.string(),
  entries: z.array(
    z.strictObject({
      hash: z.string(),
      seq: z.int(),
      kind: z.string(),
      actor: z.string().nullable(),
      role: z.string().nullable(),
      time: z.string().nullable(),
      parents: z.array(z.string()),
      data: z.record(z.string(), z.unknown()),
      path: z.string(),
      counts: z.boolean().describe('false of one that was undone, set aside, or says not what its kind says'),
      head: z.boolean().describe('nothing follows it'),
      where: z.string().optional().describe('the branch or worktree that has it, where this tree has not'),
    }),
  ),
  gate_log: z
    .array(
      z.strictObject({
        type: z.string(),
        timestamp: z.string(),
        file: z.string(),
        line,
        signature: z.string().optional(),
        branch: z.string().optional(),
        coder: z.string().optional(),
      }),
    )
    .describe("upstream's own records: evidence, and at best an attestation"),
  problems: z.array(findingSchema),
});

export type WpLog = Omit<z.infer<typeof wpLogSchema>, 'problems'> & { problems: Finding[] };
