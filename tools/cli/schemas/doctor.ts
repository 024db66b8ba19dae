import { z } from 'zod';

const row = z.strictObject({
  group: z.enum(['program', 'part', 'repository', 'tree']),
  name: z.string(),
  state: z
    .enum(['works', 'warns', 'fails'])
    .describe('warns: something that is not needed is absent, or cannot be proven here'),
  detail: z.string(),
  needed_by: z.array(z.string()).optional().describe('what does not work without it'),
  mend: z.string().optional().describe('how to put it right'),
});

/** `gov doctor --json`. */
export const doctorSchema = z.strictObject({
  schema: z.literal('govkit.doctor@1'),
  root: z.string(),
  ok: z.boolean().describe('no row fails'),
  rows: z.array(row),
});

export type DoctorRow = z.infer<typeof row>;
