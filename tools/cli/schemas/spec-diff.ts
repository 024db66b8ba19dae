import { z } from 'zod';
import { FATES } from '../../gate/index.ts';
import { findingSchema } from './findings.ts';

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

const line = z.object({ file: z.string(), line: z.int() });
const acceptance = z.object({
  reason: z.string(),
  by: z.string(),
  expires: z.string().describe('the last day, in UTC'),
  ...line.shape,
});
const contractChange = z.object({
  name: z.string().describe('the type, the id of the event, or FlightRecorderEvent for the envelope of all'),
  path: z.string().describe('field, dotted, [] for items of an array; then the member; empty: the whole'),
  change: z.string().describe('the rule without its family'),
  rule: z.string().describe('gov explain RULE says what it means'),
  breaking: z
    .object({
      producer: z.boolean().describe('what an unchanged producer writes is no longer accepted'),
      consumer: z
        .boolean()
        .describe('an unchanged consumer meets a value that it does not know, or misses one'),
    })
    .describe('whom it breaks, accepted or not'),
  from: z.string().nullable().describe('as the old contract has it; null where it has nothing'),
  to: z.string().nullable(),
  place: line.optional().describe('in the new spec, of what is gone in the old one'),
  was: line.optional().describe('in the old spec, where both have it'),
  accepted: acceptance.optional(),
  expired: acceptance.optional().describe('it was accepted until a day that is past'),
});

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
    compared: z.string().optional().describe('why these two, where the call does not say it'),
    counts: z.record(change, z.int()).describe('of sections'),
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
    types: z.array(contractChange).describe('what changed in records, enums and aliases'),
    events: z.array(contractChange).describe('what changed in events and their envelope'),
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
    findings: z
      .array(findingSchema)
      .describe(
        'types and events as findings, errors where they break somebody who is asked about and nothing accepts it; what is wrong with the accepted breaks; answers of an overlay that were not used',
      ),
  })
  .describe('with --check the exit code is 1 where a finding is an error');

export type SpecDiffReport = z.infer<typeof specDiffSchema>;
