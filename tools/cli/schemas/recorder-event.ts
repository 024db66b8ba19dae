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

const unknown = z
  .looseObject({
    seq,
    unknown: z.literal(true),
    event_id: z.string(),
    fr_event_id: z.string(),
    timestamp: z.string(),
  })
  .describe('a stored event of a kind that this version does not know, whatever shape it has');

const span = z
  .strictObject({
    span: z.enum(['model_session', 'model_run', 'attempt', 'tool_call']),
    span_id: z.string(),
    name: z.string().nullable().optional().describe('of a tool call: the tool'),
    session_id: z.string(),
    parent_span_id: z.string().nullable(),
    job_id: z.string().nullable(),
    model_id: z.string(),
    start_time: z.string(),
    end_time: z.string().nullable(),
    status: z.string().nullable(),
    token_count: z.number().nullable(),
    cost_usd: z.number().nullable(),
  })
  .describe('with --spans, after the events');

/**
 * One line of `gov recorder query`: an event of the generated registry with its place, one that is unknown, with --json a
 * gap, with --spans a span.
 */
export const recorderEventSchema = z.union([first!, ...others, unknown, z.strictObject({ gap }), span]);
