import { z } from 'zod';

const side = z.object({
  source: z.string().describe('how it was named: a path, a folder, REV:PATH'),
  version: z.string(),
  sha256: z.string(),
});
const place = z.object({
  file: z.string(),
  line: z.int().describe('of the heading, from 1'),
  endLine: z.int().describe('the last line of the section with its subsections'),
});
const span = z.object({ file: z.string(), line: z.int(), endLine: z.int() });
const change = z.enum(['SAME', 'MOVED', 'CHANGED', 'RENUMBERED', 'GONE', 'NEW']);

/** What `gov spec diff --json` prints. Further keys may come. */
export const specDiffSchema = z.object({
  schema: z.literal('govkit.spec-diff@1'),
  from: side,
  to: side,
  counts: z.record(change, z.int()),
  anchors: z
    .array(
      z.object({
        number: z.string().nullable().describe('in the old spec, of a new section in the new one'),
        title: z.string(),
        change,
        changed: z.boolean().optional().describe('its own text differs'),
        below: z
          .int()
          .optional()
          .describe('how many sections below it changed, came, went or changed places'),
        from: place.optional(),
        to: place.optional(),
        renumberedTo: z.string().nullable().optional(),
        retitledTo: z.string().optional(),
        note: z.string().optional().describe('who has its number now, or had it before'),
        hunks: z
          .array(
            z.object({
              from: span,
              to: span,
              at: z.int().describe('line of the new file where the first change stands, or stood'),
              lines: z.array(z.string()).describe('each begins with a blank, - or +'),
              removed: z.int(),
              added: z.int(),
              normative: z
                .boolean()
                .describe('an obligation, an identifier or a line of a schema block is among what changed'),
            }),
          )
          .optional(),
      }),
    )
    .describe('every section of both, in the order of the new spec'),
  affected: z.array(
    z.object({
      artifact: z.string(),
      wp_id: z.string().optional(),
      kind: z.enum(['stub', 'refinement', 'packet', 'signature']),
      file: z.string(),
      line: z.int(),
      anchor: z.string().describe('as the document writes it'),
      change,
      note: z.string().optional(),
    }),
  ),
});

export type SpecDiffReport = z.infer<typeof specDiffSchema>;
