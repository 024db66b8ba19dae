import { z } from 'zod';

const text = z.string();
const count = z.int().min(0);
const place = z.int();

const database = z.strictObject({
  schema: z.literal('govkit.recorder-verify@1'),
  file: text,
  kind: z.literal('database'),
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
      unproven: text.nullable().describe('why nothing proves what stood there; null = its archive does'),
    }),
  ),
  unproven: count.describe('gaps of which nothing proves what stood there'),
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

const archive = z.strictObject({
  schema: z.literal('govkit.recorder-verify@1'),
  file: text,
  kind: z.literal('archive'),
  number: count.nullable().describe('from 1, in the order in which the archives of a database were made'),
  continues: text.nullable().describe('the sha256 of the archive before it; null in the first'),
  runs: z.array(z.tuple([place, place])).describe('first and last place of records that follow each other'),
  events: count.describe('that were proven'),
  sha256: text.nullable().describe('null where something is wrong'),
  faults: z
    .array(
      z.strictObject({
        rule: text,
        what: z.literal('line'),
        line: place.describe('from 1; the header is line 1'),
        seq: place.nullable().describe('the record that should stand there'),
        message: text,
      }),
    )
    .max(1),
  faults_total: count.describe('0 = clean'),
});

/** `gov recorder verify --json`, of a session database or of an archive. */
export const recorderVerifySchema = z.discriminatedUnion('kind', [database, archive]);
