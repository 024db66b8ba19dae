import { z } from 'zod';
import { STATUSES } from '../../spec/index.ts';

const line = z.number().int().min(1);
const status = z.enum(STATUSES as [string, ...string[]]);

const spanFields = {
  file: z.string(),
  line,
  endLine: line.describe('the last line, inclusive'),
  endFile: z.string().optional().describe('the file that endLine is a line of, where it is a later one'),
};

const candidateFields = {
  number: z.string().nullable(),
  title: z.string(),
  level: z.number().int().min(1).max(6),
  ...spanFields,
  container: line.optional().describe('the line of the template fence that it stands in'),
  authority: z.enum(['YES', 'NO', 'UNKNOWN']).describe('what the Coverage Matrix says of its number'),
};

const fingerprint = z.string();

const identifierSchema = z.strictObject({
  id: z.string(),
  family: z.string(),
  form: z.string().describe('how the line defines it: bold-bullet, table-cell, ts-event and their like'),
  title: z.string(),
  ...spanFields,
  fingerprint,
  definitions: z
    .array(z.strictObject({ form: z.string(), title: z.string(), file: z.string(), line }))
    .describe('every line that defines it'),
  places: z.array(z.strictObject({ file: z.string(), line })).describe('every line that names it'),
});

const resultSchema = z.strictObject({
  query: z.string().describe('the anchor as it was given'),
  source: z.strictObject({ file: z.string(), line }).optional().describe('the line of the stub it stands in'),
  status,
  flags: z.array(z.enum(['STALE_VERSION', 'SPEC_FILE_ABSENT', 'WILDCARD', 'RANGE', 'TIE_BROKEN_BY_PLACE'])),
  section: z
    .strictObject({ ...candidateFields, fingerprint })
    .optional()
    .describe('the section that was chosen, or that the paragraph or the identifier stands in'),
  paragraph: z
    .strictObject({ number: z.string(), title: z.string(), ...spanFields, fingerprint })
    .optional()
    .describe('the addendum paragraph that the anchor names'),
  identifier: identifierSchema.optional(),
  candidates: z.array(z.strictObject(candidateFields)).describe('every section that it may mean or covers'),
  reasons: z.array(z.string()),
});

/** `gov spec resolve --json` */
export const anchorsSchema = z.strictObject({
  schema: z.literal('govkit.anchors@1'),
  spec: z.strictObject({ source: z.string(), version: z.string(), sha256: z.string() }),
  results: z.array(resultSchema),
  counts: z.partialRecord(status, z.number().int().min(1)).describe('results of each status that occurs'),
});

export type AnchorsReport = z.infer<typeof anchorsSchema>;
export type AnchorReport = z.infer<typeof resultSchema>;
