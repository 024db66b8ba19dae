import { z } from 'zod';

/** `gov hooks merge` with `--json`. */
export const mergeSchema = z.strictObject({
  schema: z.literal('govkit.merge@1'),
  path: z.string(),
  conflicts: z.int().describe('places that are left for a person, in rows and in prose'),
  rows: z.array(
    z.strictObject({
      key: z.string().describe('the work packet, its base id, or the signature'),
      ours: z.string().optional().describe('the row on this side; absent where it was taken away'),
      theirs: z.string().optional(),
    }),
  ),
});
