import { z } from 'zod';

/** `gov init --json`. */
export const initSchema = z.strictObject({
  schema: z.literal('govkit.init@1'),
  root: z.string(),
  did: z
    .enum(['planned', 'made', 'nothing', 'taken-back'])
    .describe('planned with --dry-run; taken-back with --undo'),
  recovered: z
    .boolean()
    .describe('a run that was killed before had left something, which was taken back first'),
  steps: z.array(
    z.strictObject({
      action: z.enum(['repository', 'create', 'append', 'configure', 'left', 'removed', 'restored']),
      path: z.string().describe('relative to the root'),
      added: z.string().optional().describe('the text that goes to the end of the file'),
      adopted: z.int().optional().describe('so many findings of before are taken into this baseline'),
      why: z.string().optional().describe('why it stays as it is'),
    }),
  ),
});

export type InitReport = z.infer<typeof initSchema>;
