import { z } from 'zod';
import { findingSchema } from './findings.ts';

const count = z.number().int().min(0);

/** `gov recorder check --json`. */
export const recorderCheckSchema = z.strictObject({
  schema: z.literal('govkit.recorder-check@1'),
  file: z.string().describe('below the root, or "standard input"'),
  format: z.enum(['ndjson', 'gzip', 'sqlite']),
  partial: z
    .boolean()
    .describe(
      'read as a piece of a log: nothing is said of sessions that began before it, nor of what comes after',
    ),
  stats: z.strictObject({
    bytes: count.describe('of the log, decompressed; 0 for a database'),
    lines: count.describe('0 for a database'),
    events: count,
    spans: count,
    gaps: count,
    archives: count.describe('first and last lines of archives'),
    sessions: count.describe('that the log creates'),
    seconds: z.number().min(0),
  }),
  ids: z.record(z.string(), count).describe('how often each registered event occurs, by FR-EVT id'),
  findings: z
    .array(findingSchema)
    .describe('the first 200 of each rule; the line of a finding in a database is the seq of its event'),
  rules: z.record(z.string(), count).describe('how often each rule is broken'),
  omitted: count.describe('findings that are counted under rules and not listed'),
  summary: z.strictObject({ error: count, warning: count, info: count }),
});
