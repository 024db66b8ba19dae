import { z } from 'zod';
import { FATES } from '../../gate/index.ts';

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

const fate = z
  .enum(FATES)
  .describe(
    'what became of the anchor; SPEC_FILE_ABSENT: the spec that it pins is not at hand, and nothing is proven',
  );
const signatureState = z
  .enum(['KEPT', 'REOPENED', 'UNPROVEN'])
  .describe('MOVED keeps a signature, CHANGED re-opens it');

/** What `gov spec diff --json` prints. */
export const specDiffSchema = z
  .strictObject({
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
    affected: z
      .array(
        z.object({
          artifact: z.string(),
          kind: z.enum(['refinement', 'packet', 'stub']),
          wp_id: z.string(),
          file: z.string(),
          line: z.int(),
          anchor: z
            .string()
            .describe('as the document writes it; empty where it is touched through its refinement'),
          change: fate,
          reason: z.string(),
          doubt: z.string().optional().describe('why the anchor was not true of the version that it pins'),
          signature: z.object({ text: z.string(), state: signatureState }).optional(),
        }),
      )
      .describe('every anchor of every refinement, packet and stub'),
    signatures: z.array(
      z.object({
        signature: z.string(),
        wp_id: z.string(),
        state: signatureState,
        files: z.array(z.string()).describe('documents that carry it'),
        audit: z
          .object({ file: z.string(), line: z.int(), version: z.string() })
          .optional()
          .describe('the row of the signature audit, and the version of the spec that it names'),
      }),
    ),
    unread: z.array(z.string()).describe('governed documents that cannot be read and were not looked at'),
  })
  .describe('`types` and `events` come with the diff of contracts and are not printed yet');

export type SpecDiffReport = z.infer<typeof specDiffSchema>;
