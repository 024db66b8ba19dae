import { z } from 'zod';
import { severitySchema } from './findings.ts';

const id = z.string();
const summary = z.string();

/** `gov explain --json`. */
export const rulesSchema = z.strictObject({
  schema: z.literal('govkit.rules@1'),
  rules: z.array(z.strictObject({ id, severity: severitySchema, summary })),
});

/** `gov explain RULE --json`. */
export const ruleSchema = z.strictObject({
  schema: z.literal('govkit.rule@1'),
  id,
  severity: severitySchema,
  summary,
  docs: z.string().nullable(),
});
