import { z } from 'zod';

const count = z.number().int().min(0);

const rangeFields = {
  line: z.number().int().min(1),
  column: z.number().int().min(1),
  endLine: z.number().int().min(1),
  endColumn: z.number().int().min(1).describe('exclusive'),
};

const placeSchema = z.strictObject({ file: z.string(), ...rangeFields });

export const severitySchema = z.enum(['error', 'warning', 'info']);

export const findingSchema = z.strictObject({
  rule: z.string().describe('stable, never reused; gov explain RULE documents it'),
  severity: severitySchema,
  place: placeSchema,
  message: z.string(),
  args: z.record(z.string(), z.unknown()),
  expected: z.string().optional(),
  found: z.string().optional(),
  fix: z.array(z.strictObject({ range: z.strictObject(rangeFields), text: z.string() })).optional(),
  related: z.array(z.strictObject({ place: placeSchema, note: z.string() })).optional(),
});

const fixSchema = z.strictObject({
  applied: z.boolean().describe('false without --write, and where nothing was to mend'),
  fixed: count.describe('findings'),
  left: count.describe('fixes that others are in the way of'),
  files: z.array(
    z.strictObject({
      path: z.string(),
      sha256: z.strictObject({ before: z.string(), after: z.string() }),
      patch: z.string().describe('unified diff'),
    }),
  ),
});

/** `gov check --json`, `gov spec lint --json`, and every command that the tree stops. */
export const findingsSchema = z.strictObject({
  schema: z.literal('govkit.findings@1'),
  root: z.string(),
  stats: z.looseObject({}),
  findings: z.array(findingSchema),
  summary: z.strictObject({
    error: count,
    warning: count,
    info: count,
    baselined: count.describe('findings that the baseline covers; they are not listed'),
  }),
  change: z
    .strictObject({
      what: z.string().describe('staged, or changed since a commit'),
      files: z.array(z.string()).describe('governed files that the change touches'),
    })
    .optional()
    .describe('with --staged and --changed-since'),
  baseline: z
    .strictObject({
      file: z.string(),
      entries: count,
      unneeded: count.describe('entries that cover nothing any more'),
    })
    .optional()
    .describe('where one was adopted'),
  notes: z.array(z.string()).optional().describe('what the reader has to know of the policy'),
  fix: fixSchema.optional().describe('with --fix'),
});
