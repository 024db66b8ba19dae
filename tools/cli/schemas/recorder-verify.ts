import { z } from 'zod';

const text = z.string();
const count = z.int().min(0);
const place = z.int();

/** `gov recorder verify --json`. */
export const recorderVerifySchema = z.strictObject({
  schema: z.literal('govkit.recorder-verify@1'),
  file: text,
  kind: z.enum(['database']),
  events: count,
  segments: count.describe('sealed ones'),
  first_seq: place.nullable(),
  last_seq: place.nullable(),
  head: z
    .strictObject({ seq: count, hash: text })
    .describe('where the log ends; noted elsewhere, it shows later that the log still goes on from here'),
  gaps: z.array(
    z.strictObject({
      first_seq: place,
      last_seq: place,
      why: text.describe('archived, purged, quarantined or lost'),
      archive: text.nullable(),
      at: text.nullable(),
    }),
  ),
  faults: z
    .array(
      z.strictObject({
        rule: text,
        what: z.enum(['record', 'gap', 'segment', 'head']),
        seq: place.describe('the first record that it is about'),
        last_seq: place,
        message: text,
      }),
    )
    .describe('the first thousand'),
  faults_total: count.describe('0 = clean'),
});
