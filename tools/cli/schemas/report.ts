import { z } from 'zod';
import { TRACE_STATES } from '../../trace/index.ts';
import { reportGovernanceSchema } from './report-governance.ts';
import { reportSessionsSchema } from './report-sessions.ts';

const count = z.int().min(0);
const line = z.int().min(1);
const place = z.looseObject({ file: z.string(), line });
const state = z.enum(TRACE_STATES as [string, ...string[]]);

/** What the page shows of the trace; `gov trace --json` says more. */
const trace = z.looseObject({
  schema: z.literal('govkit.trace@1'),
  spec: z.looseObject({ file: z.string(), version: z.string(), sha256: z.string() }),
  clauses: z.array(
    z.looseObject({
      id: z.string(),
      family: z.string(),
      text: z.string(),
      file: z.string(),
      line,
      endLine: line,
      section: z.string().nullable(),
      state,
      because: z.string(),
      stubs: z.array(place),
      refinements: z.array(place),
      packets: z.array(place),
      code: z.array(place),
      tests: z.array(
        z.looseObject({
          name: z.string(),
          file: z.string(),
          line: line.nullable(),
          result: z.enum(['passed', 'failed', 'skipped', 'absent']),
        }),
      ),
    }),
  ),
  orphans: z.array(z.looseObject({ id: z.string(), file: z.string(), line })),
  counts: z.record(state, count),
  required: z.array(z.looseObject({ pattern: z.string(), clauses: count, unmet: z.array(z.string()) })),
});

/** `gov report --json`: the page's own data, without the blocks of bodies that only the page holds. */
export const reportSchema = z.strictObject({
  schema: z.literal('govkit.report@1'),
  version: z.string().describe('of govkit'),
  repository: z.string().describe("the name of the repository's folder"),
  spec: z
    .strictObject({ file: z.string(), version: z.string(), sha256: z.string(), sections: count })
    .nullable(),
  governance: reportGovernanceSchema.nullable().describe('null where there is no governed document'),
  trace: trace.nullable(),
  sessions: reportSessionsSchema.nullable().describe('null where there is no session database'),
  link: z
    .string()
    .nullable()
    .describe('where a line can be opened outside the page: {file} and {line} are put in'),
});

export type ReportAnswer = z.infer<typeof reportSchema>;
