import { z } from 'zod';
import { TRACE_STATES } from '../../trace/index.ts';
import { findingSchema } from './findings.ts';

const count = z.int().min(0);
const line = z.int().min(1);
const state = z.enum(TRACE_STATES as [string, ...string[]]);
const ids = z.array(z.string());

const place = z.strictObject({ file: z.string(), line });
const links = z.array(z.strictObject({ wp_id: z.string(), file: z.string(), line }));

const clause = z.strictObject({
  id: z.string().describe('INV-SPAWN-002, or WP_ID/AC-n for a criterion of a stub'),
  family: z.string().describe('INV, TRUST, FR-EVT; AC for a criterion'),
  text: z.string(),
  file: z.string(),
  line,
  endLine: line,
  section: z.string().nullable().describe('number of the section; null for a criterion'),
  fingerprint: z.string(),
  state,
  because: z.string(),
  stubs: links,
  refinements: links,
  packets: links,
  code: z.array(place).describe('comments that name it'),
  tests: z.array(
    z.strictObject({
      name: z.string(),
      file: z.string(),
      line: line.nullable(),
      result: z.enum(['passed', 'failed', 'skipped', 'absent']),
    }),
  ),
});

/** `gov trace --json`. */
export const traceSchema = z.strictObject({
  schema: z.literal('govkit.trace@1'),
  spec: z.strictObject({ file: z.string(), version: z.string(), sha256: z.string() }),
  clauses: z.array(clause).describe('those that were asked for, in the order of the spec, criteria behind'),
  orphans: z.array(
    z.strictObject({
      id: z.string(),
      in: z.enum(['code', 'test', 'lock']),
      file: z.string(),
      line,
      nearest: z.string().optional(),
    }),
  ),
  results: z.array(z.strictObject({ file: z.string(), passed: count, failed: count, skipped: count })),
  counts: z.record(state, count).describe('of all clauses'),
  looked: z.strictObject({ code: count, tests: count }).describe('files'),
  notes: z.array(z.string()),
  required: z.array(
    z.strictObject({ pattern: z.string(), clauses: count, unmet: ids.describe('not verified') }),
  ),
  findings: z.array(findingSchema),
  summary: z.strictObject({ error: count, warning: count, info: count }),
});

/** `gov trace --accept --json`. */
export const traceAcceptSchema = z.strictObject({
  schema: z.literal('govkit.trace-accept@1'),
  file: z.string(),
  accepted: ids.describe('whose words are accepted from now on'),
  unchanged: ids.describe('that were accepted in these words already'),
  dropped: ids.describe('that nothing defines any more'),
  refused: ids.describe('that no test traces, or whose tests fail'),
});

/** `.GOV/trace.lock.json`. */
export const traceLockSchema = z.strictObject({
  schema: z.literal('govkit.trace-lock@1'),
  clauses: z
    .record(z.string(), z.string())
    .describe('the fingerprint of the words that were accepted, by id'),
});
