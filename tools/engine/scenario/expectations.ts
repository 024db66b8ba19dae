import { z } from 'zod';
import {
  events,
  ModelSessionState,
  SessionMessageRole,
  SpawnRejectionReason,
} from '../../generated/index.ts';
import { ms, name } from './steps.ts';

const count = z.int().min(0);
const inOrder = z.array(name);
const eventId = z.enum(Object.keys(events) as [keyof typeof events]);

/** What must be true at the end; whatever is not becomes a violation with its line. Judged by judge.ts. */
export const expectations = z
  .strictObject({
    states: z.record(name, ModelSessionState).describe('The state of sessions, by name.'),
    reasons: z
      .record(name, z.string())
      .describe('The reason of a session’s last change of state: an error, or what it waits for.'),
    events: z.partialRecord(eventId, count).describe('How often events occurred; those not named may occur.'),
    refused: z
      .partialRecord(SpawnRejectionReason, count)
      .describe('All refused spawns, by reason; none that is not named.'),
    announced: inOrder.describe(
      'All children that reported, in order; one that reported twice is named twice.',
    ),
    cancelled: inOrder.describe('All sessions that were cancelled, in order.'),
    ended: inOrder.describe('All sessions that ended, in order.'),
    dispatched: inOrder.describe('All starts of runs, in order, by session.'),
    mail: z.record(name, inOrder).describe('All letters to a session, in order, by who wrote them.'),
    unread: z.record(name, inOrder).describe('The letters that a session has not read, by who wrote them.'),
    threads: z
      .record(name, z.array(SessionMessageRole))
      .describe('The messages of a session’s thread, by role.'),
    simulated_ms: ms.describe('How much time passed.'),
  })
  .partial();

export type Expectations = z.output<typeof expectations>;
