import { z } from 'zod';
import { KEEPS } from '../../recorder/index.ts';

const count = z.int().min(0);
const seq = z.int().min(1);

/** `gov recorder archive --json`. */
export const recorderArchiveSchema = z.strictObject({
  schema: z.literal('govkit.recorder-archive@1'),
  db: z.string(),
  at: z.string().describe('the moment that the times were counted to'),
  dry_run: z.boolean(),
  unreadable: z
    .string()
    .nullable()
    .describe('why the governance tree says of no work packet that it is closed; null where it was read'),
  families: z.array(
    z.strictObject({
      family: z.string().describe('as D-45 names it; of an unknown event, its id'),
      archive: count.describe('may be archived'),
      purge: count.describe('may be purged'),
      kept: z.partialRecord(z.enum(KEEPS), count).describe('stay, by why'),
    }),
  ),
  archived: count,
  purged: count,
  files: z.array(
    z.strictObject({
      file: z.string(),
      sha256: z.string().describe('of the lines before the trailer'),
      first_seq: seq,
      last_seq: seq,
      events: count,
      bytes: count.describe('of the compressed file'),
    }),
  ),
  strangers: z.array(z.string()).describe('files in the folder that are no archives of this database'),
});
