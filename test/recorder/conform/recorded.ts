// One log in which every event that the kernel emits occurs, with the spans of its sessions.
import type { FlightRecorderEvent } from '../../../tools/generated/index.ts';
import type { JobRow, SpanRow } from '../../../tools/kernel/index.ts';
import {
  createLogCheck,
  type LogCheck,
  type VerifyOptions,
  type Violation,
} from '../../../tools/recorder/index.ts';
import { agree, cloudRoot, revoke } from '../../kernel/receipts.ts';
import { callId } from '../../kernel/tool-call.ts';
import { closed, done, type World, world } from '../../kernel/world.ts';

export type Event = FlightRecorderEvent;
export type Log = readonly Event[];

export interface Recorded {
  log: Log;
  spans: readonly SpanRow[];
  /** The sessions by the names that {@link record} gives them. */
  ids: Record<
    'root' | 'first' | 'second' | 'below' | 'third' | 'orphan' | 'other' | 'lasting' | 'cloud',
    string
  >;
}

const yields = { outcome: 'yield' } as const;
const breaks = { outcome: 'failed', error: 'no disk', retryable: false } as const;
const text = { role: 'ASSISTANT' as const, content_hash: 'c'.repeat(64), content_artifact_id: 'c' };

/** The run of a session, once it is dispatched; runs of others that start before it wait for their turn. */
function turns(w: World): (id: string) => Promise<JobRow> {
  const started = new Map<string, JobRow>();
  return async (id) => {
    for (let job = started.get(id) ?? (await w.dispatch()); job; job = await w.dispatch()) {
      started.delete(job.session_id);
      if (job.session_id === id) return job;
      started.set(job.session_id, job);
    }
    throw new Error(`session ${id} has nothing to run`);
  };
}

const key = ({ job_id, run_epoch }: JobRow) => ({ job_id, run_epoch });

/** A tree that works, one of whose children is recovered and cancelled and one fails; and a session in the cloud. */
export async function record(): Promise<Recorded> {
  const w = await world({
    budgets: { session_tokens: 100 },
    scheduler: { rate_limit_requests_per_minute: 20 },
  });
  const turn = turns(w);
  const root = (await w.root()).session_id;
  await w.run('enqueue', { session_id: root });
  const opening = await turn(root);
  await w.run('say', { ...key(opening), message: text });
  await w.run('usage', { ...key(opening), tokens: 90, cost_usd: 0.25 });
  await w.spawn(root, { requester_role: 'Impostor' });
  const first = await w.child(root);
  await w.finish(opening, yields);

  const work = await turn(first);
  await w.toolCall(key(work), callId, []);
  await w.run('progress', { ...key(work), text: 'half done', part: 0, count: 1 });
  await w.run('usage', { ...key(work), tokens: 20, cost_usd: null });
  await w.finish(work, done);

  const woken = await turn(root);
  await w.run('read_inbox', { session_id: root, take: true });
  const second = await w.child(root);
  const third = await w.child(root);
  const orphan = await w.child(third, { announce_back: false });
  await w.finish(woken, yields);
  const cut = await turn(second);
  const below = await w.child(second);
  w.now += 1_000;
  await w.recover();
  await w.run('resume', { session_id: second });
  await w.run('cancel', { session_id: second, reason: 'no longer wanted', by: 'operator' });
  await w.finish(await turn(third), breaks);
  await w.finish(await turn(root), closed);

  const other = (await w.root()).session_id;
  const lasting = await w.child(other, { spawn_mode: 'SESSION_PERSISTENT' });
  await w.run('enqueue', { session_id: lasting });
  w.now += 60_000;
  await w.finish(await turn(lasting), done);
  await w.finish(await turn(lasting), done);
  await w.run('cancel', { session_id: other, reason: 'the day is over', by: 'operator' });

  const cloud = await cloudRoot(w);
  for (const n of [1, 2]) {
    await agree(w, n, 'SESSION_SCOPED', [cloud]);
    if (n === 1) await w.run('enqueue', { session_id: cloud });
    await w.dispatch();
    await revoke(w, n);
  }
  await limited(w);
  if (cut.session_id !== second) throw new Error('another session was recovered');
  const ids = { root, first, second, below, third, orphan, other, lasting, cloud };
  return { log: w.log, spans: w.rows('span'), ids };
}

/** More calls than a minute allows, so that one of them is held back. */
async function limited(w: World): Promise<void> {
  w.now += 60_000;
  for (let n = 0; n < 21; n += 1) {
    const { session_id } = await w.root();
    await w.run('enqueue', { session_id });
  }
  await w.dispatchAll();
}

/** What is wrong with a log and its spans; the lines of spans come after those of events. */
export function check(
  log: Iterable<unknown>,
  spans: Iterable<unknown> = [],
  options: VerifyOptions = {},
): Violation[] {
  const found: Violation[] = [];
  const reader: LogCheck = createLogCheck((violation) => found.push(violation), options);
  let at = 0;
  for (const event of log) reader.observe(event, ++at);
  for (const span of spans) reader.span(span, ++at);
  reader.end();
  return found;
}

export const rulesOf = (found: readonly Violation[]): string[] =>
  [...new Set(found.map(({ rule }) => rule))].sort();
