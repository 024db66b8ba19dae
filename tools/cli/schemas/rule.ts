import { z } from 'zod';

const listed = {
  id: z.string().describe('stable, never reused'),
  severity: z.enum(['error', 'warning', 'info']),
  about: z.string().describe('what the rule looks at'),
  summary: z.string().describe('what it demands'),
};

const exampleSchema = z.strictObject({
  file: z.string(),
  line: z.number().int().min(1),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  text: z.string().describe('the line as it stands there; empty at the end of a document'),
  fixed: z.string().optional().describe('the line after the repair'),
});

/** `gov explain RULE --json`. */
export const ruleSchema = z.strictObject({
  schema: z.literal('govkit.rule@1'),
  ...listed,
  docs: z.string().nullable().describe('why it is demanded, in paragraphs'),
  example: exampleSchema.nullable().describe('from the fixtures of the rule'),
  fix: z.enum(['always', 'sometimes', 'never']).describe('whether gov check --fix mends it'),
  mended: z.string(),
  silenced: z.array(z.string()),
});

/** `gov explain --json`, and with the name of a family. */
export const rulesSchema = z.strictObject({
  schema: z.literal('govkit.rules@1'),
  rules: z.array(z.strictObject(listed)),
});
