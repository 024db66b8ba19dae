import { z } from 'zod';

const run = {
  line: z.int().min(1),
  column: z.int().min(1),
  found: z.string().describe('the first run of the line that is encoded twice, or the lost character'),
};

/** `gov spec repair --json`. */
export const specRepairSchema = z.strictObject({
  schema: z.literal('govkit.spec-repair@1'),
  applied: z.boolean().describe('false with --dry-run, --check, and where nothing was to repair'),
  files: z.array(
    z.strictObject({
      path: z.string(),
      sha256: z.strictObject({ before: z.string(), after: z.string() }),
      repaired: z.array(z.strictObject({ ...run, expected: z.string() })),
      refused: z.array(z.strictObject({ ...run, why: z.enum(['mixed', 'lost']) })),
    }),
  ),
  counts: z.strictObject({ repaired: z.int(), refused: z.int(), changed: z.int().describe('files') }),
});

export type SpecRepair = z.infer<typeof specRepairSchema>;
