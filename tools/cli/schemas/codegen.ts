import { z } from 'zod';
import { CODEGEN_TARGETS } from '../../config/index.ts';
import { findingSchema } from './findings.ts';

const count = z.int().min(0);

/** `gov codegen --json`. */
export const codegenSchema = z.strictObject({
  schema: z.literal('govkit.codegen@1'),
  spec: z.strictObject({ source: z.string(), version: z.string(), sha256: z.string() }),
  counts: z.strictObject({ records: count, enums: count, aliases: count, events: count, fields: count }),
  dialects: z
    .array(
      z.strictObject({
        dialect: z.string(),
        blocks: count.describe('blocks or tables that define something'),
        refused: count.describe('blocks of its language that hold something else'),
        records: count,
        enums: count,
        aliases: count,
        events: count,
      }),
    )
    .describe('what the spec defines, whatever is generated of it'),
  diagnostics: z.array(findingSchema),
  files: z.array(
    z.strictObject({
      target: z.enum(CODEGEN_TARGETS),
      path: z.string(),
      sha256: z.string(),
      changed: z.boolean().describe('it was not so on disk'),
    }),
  ),
  stale: z
    .array(z.string())
    .describe('generated files that nothing generates any more; removed unless edited, or with --check'),
});
