import { z } from 'zod';
import { BASELINE_SCHEMA } from '../../checks/index.ts';

/** `.GOV/baseline.json`. */
export const baselineSchema = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  findings: z.array(
    z.strictObject({
      rule: z.string().min(1),
      file: z.string().min(1),
      message: z
        .string()
        .min(1)
        .describe(
          'without positions; v* is the version of the spec in force, or of a spec file that is named',
        ),
      count: z.int().min(1),
    }),
  ),
});
