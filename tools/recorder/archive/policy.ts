import type { FlightRecorderEvent } from '../../generated/index.ts';
import { namedSessions } from '../accept/correlation.ts';
import { DAY_MS, type RetentionTimes } from './retention.ts';
import type { SessionEnds } from './sessions.ts';

/** Why an event stays, in the order in which the reasons are looked for. */
export const KEEPS = [
  'unknown_event',
  'too_young',
  'live_session',
  'unknown_session',
  'open_packet',
  'not_before',
] as const;

export type Keep = (typeof KEEPS)[number];

export type Fate =
  | { family: string; does: 'archive' | 'purge' }
  | { family: string; does: 'keep'; why: Keep };

export interface Policy {
  times: RetentionTimes;
  /** Milliseconds since 1970. */
  now: number;
  /** Only events before this time may go. */
  before?: number;
  sessions: Pick<SessionEnds, 'treeOf'>;
  /** Whether somebody may still have to show what was done for it; true wherever nobody can tell. */
  isOpenPacket(wp_id: string): boolean;
}

/**
 * What becomes of an event (D-45). Whatever cannot be shown keeps it: an id without a rule, a session whose end
 * nobody knows, a packet that cannot be read. An event that names no session counts from its own time.
 */
export function fateOf(event: FlightRecorderEvent, policy: Policy): Fate {
  const { now, before = Number.POSITIVE_INFINITY } = policy;
  const rule = policy.times.of(event.fr_event_id);
  if (!rule) return { family: event.fr_event_id, does: 'keep', why: 'unknown_event' };
  const keep = (why: Keep): Fate => ({ family: rule.family, does: 'keep', why });
  const at = Date.parse(event.timestamp);
  // A time that is none is never over: it proves nothing.
  const isOver = (since: number): boolean => now - since >= rule.days * DAY_MS;
  if (!isOver(at)) return keep('too_young');
  const packets = packetsOf(event);
  let unknown = false;
  for (const id of sessionsOf(event)) {
    const tree = policy.sessions.treeOf(id);
    if (tree?.ended_at === null) return keep('live_session');
    if (!tree) unknown = true;
    else if (rule.from !== 'event' && !isOver(tree.ended_at)) return keep('too_young');
    for (const wp of tree?.packets ?? []) packets.add(wp);
  }
  if (unknown) return keep('unknown_session');
  for (const wp of packets) if (policy.isOpenPacket(wp)) return keep('open_packet');
  if (!(at < before)) return keep('not_before');
  return { family: rule.family, does: rule.afterwards };
}

/** A thread is that of a requester (D-59): it closes when the session ends whose id it bears. */
function sessionsOf(event: FlightRecorderEvent): Set<string> {
  const ids = new Set(namedSessions(event));
  if (event.model_session_id !== undefined) ids.add(event.model_session_id);
  const { thread_id } = event.payload as { thread_id?: unknown };
  if (typeof thread_id === 'string') ids.add(thread_id);
  return ids;
}

function packetsOf(event: FlightRecorderEvent): Set<string> {
  const { wp_id, work_packet_id } = event.payload as { wp_id?: unknown; work_packet_id?: unknown };
  const named = [event.wp_id, wp_id, work_packet_id];
  return new Set(named.filter((id) => typeof id === 'string'));
}
