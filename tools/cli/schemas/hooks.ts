import { z } from 'zod';

/** `gov hooks install`, `uninstall` and `status` with `--json`. */
export const hooksSchema = z.strictObject({
  schema: z.literal('govkit.hooks@1'),
  folder: z.string().describe('where git looks for the hooks of this repository'),
  configured: z.boolean().describe('the folder is that of core.hooksPath'),
  active: z.boolean().describe('every commit that git asks a hook about is judged'),
  merge: z
    .strictObject({
      state: z
        .enum(['absent', 'installed', 'outdated', 'edited'])
        .describe('absent: git merges the documents as text; edited: ours, changed by hand'),
      assigned: z.array(z.string()).describe('documents that .gitattributes gives to the driver'),
      unassigned: z
        .array(z.string())
        .describe('documents of which it says nothing, so that git merges them as text'),
    })
    .describe('the merge driver of Task Board, registry and signature audit'),
  hooks: z.array(
    z.strictObject({
      name: z.enum(['pre-commit', 'pre-merge-commit']),
      path: z.string(),
      state: z
        .enum(['absent', 'installed', 'outdated', 'edited', 'chained', 'foreign'])
        .describe('chained: a hook of somebody else that starts ours; edited: ours, changed by hand'),
      broken: z.string().optional().describe('why git does not run it, or why it refuses every commit'),
    }),
  ),
});

export type HooksReport = z.infer<typeof hooksSchema>;
