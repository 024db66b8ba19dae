import { z } from 'zod';
import { INTENTS } from '../../artifacts/index.ts';
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
        'note',
      ]),
      file: z.string().optional(),
      line: line.optional(),
      detail: z.string(),
    }),
  ),
  next: z.string().optional().describe('the command that would move it on'),
});

/** `gov wp status WP_ID --json`. */
export const wpSchema = z.strictObject({
  schema: z.literal('govkit.wp@1'),
  wp_id: z.string(),
  stage: z.enum(['STUB', 'REFINEMENT', 'APPROVAL', 'SIGNATURE', 'PREPARE', 'PACKET', 'READY']),
  ready: z.boolean(),
  items: z.array(itemSchema),
  blockers: z.array(z.strictObject({ wp_id: z.string(), detail: z.string(), file: z.string(), line })),
  refusal: z.string().optional().describe('why it is never to be activated'),
  notes: z.array(z.string()),
  next: z.string().nullable(),
});

export type WpAnswer = z.infer<typeof wpSchema>;

/** `gov wp status --json`. */
export const wpsSchema = z.strictObject({ schema: z.literal('govkit.wps@1'), wps: z.array(wpSchema) });

/** `gov wp refine --json`. */
export const planSchema = z.strictObject({
  schema: z.literal('govkit.plan@1'),
  wp_id: z.string(),
  applied: z.boolean().describe('false with --dry-run, and where a precondition is unmet'),
  unmet: z.array(findingSchema).describe('all preconditions that do not hold'),
  writes: z.array(z.strictObject({ path: z.string(), text: z.string() })),
});
