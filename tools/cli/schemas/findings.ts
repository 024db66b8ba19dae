import { z } from 'zod';

const count = z.number().int().min(0);

const rangeFields = {
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  endLine: z.number().int().min(1),
  endColumn: z.number().int().min(1).describe('exclusive'),
};

const placeSchema = z.strictObject({ file: z.string(), ...rangeFields });

const findingSchema = z.strictObject({
  rule: z.string().describe('stable, never reused; gov explain RULE documents it'),
  severity: z.enum(['error', 'warning', 'info']),
  place: placeSchema,
  message: z.string(),
  args: z.record(z.string(), z.unknown()),
  expected: z.string().optional(),
  found: z.string().optional(),
  fix: z.array(z.strictObject({ range: z.strictObject(rangeFields), text: z.string() })).optional(),
  related: z.array(z.strictObject({ place: placeSchema, note: z.string() })).optional(),
});

/** `gov check --json`, `gov spec lint --json`, and every command that the tree stops. */
export const findingsSchema = z.strictObject({
  schema: z.literal('govkit.findings@1'),
  root: z.string(),
  stats: z.looseObject({}),
  findings: z.array(findingSchema),
  summary: z.strictObject({ error: count, warning: count, info: count, baselined: count }),
});
