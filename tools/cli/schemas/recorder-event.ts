import { z } from 'zod';
import { events } from '../../generated/index.ts';

const seq = z.int().min(1).describe('place in the order of the database');
const [first, ...others] = Object.values(events).map(({ schema }) => schema.extend({ seq }));

const gap = z
  .strictObject({
    first_seq: seq,
    last_seq: seq,
    why: z.enum(['archived', 'purged', 'quarantined', 'lost', 'unreadable']),
    archive: z.string().nullable().describe('the file that holds them, of archived'),
    at: z.string().nullable().describe('RFC 3339, when they went'),
  })
  .describe('what is not in the database any more, where it would have stood');

/** One line of `gov recorder query`: an event of the generated registry with its place, or with --json a gap. */
export const recorderEventSchema = z.union([first!, ...others, z.strictObject({ gap })]);
