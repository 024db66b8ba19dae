import { z } from 'zod';
import { FATES } from '../../gate/index.ts';

const window = z.object({ start: z.int(), end: z.int() }).describe('lines of the spec, from 1, inclusive');
const fate = z.enum(FATES).describe('what became of the anchor in the new version');
const anchor = z.object({
  line: z.int().describe('of the anchor in the document'),
  anchor: z.string().describe('as the document writes it'),
  change: fate,
  reason: z.string(),
  window: window.optional(),
  to: window.optional().describe('the same lines in the new version'),
});
const state = z.enum(['REBASED', 'LEFT', 'CURRENT', 'NEWER', 'CLOSED']);

/** What `gov spec rebase --json` prints. Further keys may come. */
export const specRebaseSchema = z.object({
  schema: z.literal('govkit.spec-rebase@1'),
  to: z.object({ version: z.string(), file: z.string(), sha1: z.string() }),
  applied: z.boolean().describe('false after --dry-run'),
  documents: z.array(
    z.object({
      kind: z.enum(['refinement', 'packet', 'stub']),
      wp_id: z.string(),
      file: z.string(),
      state,
      from: z.string().optional().describe('the version that it pins'),
      reason: z.string().optional().describe('why it is CLOSED or NEWER'),
      moved: z.array(anchor).describe('rewritten'),
      left: z.array(anchor.extend({ next: z.string() })).describe('for a person to look at'),
      signature: z.object({ text: z.string(), state: z.enum(['KEPT', 'REOPENED', 'UNPROVEN']) }).optional(),
    }),
  ),
  writes: z.array(z.string()).describe('paths of the files that change'),
  notes: z.array(z.string()),
  counts: z
    .record(state, z.int())
    .describe('documents; a stub of which a part is rewritten counts as REBASED and as LEFT'),
});

export type RebaseReport = z.infer<typeof specRebaseSchema>;
