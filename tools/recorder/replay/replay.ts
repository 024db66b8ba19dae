import type { FlightRecorderEvent, ModelSessionState } from '../../generated/index.ts';

/** Why and under whom a session was cancelled. */
export interface ReplayedCancellation {
  /** Where the cascade began; the session itself if nobody above it was cancelled. */
  root_session_id: string;
  reason: string;
  /** The FR-EVT-SESS-SPAWN-005 that lists it. */
  event_id: string;
}

/** A session as its events tell it. */
export interface ReplayedSession {
  session_id: string;
  role: string;
  wp_id: string | null;
  state: ModelSessionState;
  /** The reason of its last change of state. */
  reason: string | null;
  parent_session_id: string | null;
  spawn_depth: number;
  /** In the order of their spawning. */
  children: string[];
  /** In the order in which they were sent: the mailbox message that carries each, and the status it tells. */
  announcements: { mailbox_message_id: string; status: string; requester_session_id: string }[];
  cancelled: ReplayedCancellation | null;
  /** What FR-EVT-SESS-003 reports. */
  completed: {
    total_tokens: number;
    total_cost_usd: number | null;
    duration_ms: number;
    messages_count: number;
  } | null;
  /** Messages of its thread. */
  messages: number;
  /** Jobs that were queued for it. */
  jobs: number;
}

export interface Replay {
  read(event: FlightRecorderEvent): void;
  /** In the order of their creation. */
  readonly sessions: ReadonlyMap<string, ReplayedSession>;
}

/**
 * Follows a log event by event. It judges nothing: what contradicts itself is for {@link createLogCheck} to tell, and
 * an event about a session that was never created is passed over. The log check keeps its own state, which forgets
 * what has ended; a replay keeps everything.
 */
export function createReplay(): Replay {
  const sessions = new Map<string, ReplayedSession>();
  return {
    sessions,
    read(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-001':
          if (!sessions.has(event.payload.session_id))
            sessions.set(event.payload.session_id, born(event.payload));
          return;
        case 'FR-EVT-SESS-002': {
          const session = sessions.get(event.payload.session_id);
          if (!session) return;
          session.state = event.payload.to_state;
          session.reason = event.payload.reason;
          return;
        }
        case 'FR-EVT-SESS-003': {
          const { session_id, ...completed } = event.payload;
          const session = sessions.get(session_id);
          if (session) session.completed = completed;
          return;
        }
        case 'FR-EVT-SESS-004': {
          const session = sessions.get(event.payload.session_id);
          if (session) session.messages += 1;
          return;
        }
        case 'FR-EVT-SESS-SCHED-001': {
          const session = sessions.get(event.payload.session_id);
          if (session) session.jobs += 1;
          return;
        }
        case 'FR-EVT-SESS-SPAWN-002': {
          const { child_session_id, requester_session_id } = event.payload;
          const child = sessions.get(child_session_id);
          if (child) child.parent_session_id = requester_session_id;
          sessions.get(requester_session_id)?.children.push(child_session_id);
          return;
        }
        case 'FR-EVT-SESS-SPAWN-004': {
          const { child_session_id, mailbox_message_id, status, requester_session_id } = event.payload;
          sessions
            .get(child_session_id)
            ?.announcements.push({ mailbox_message_id, status, requester_session_id });
          return;
        }
        case 'FR-EVT-SESS-SPAWN-005': {
          const { root_session_id, cancelled_session_ids, reason } = event.payload;
          for (const id of cancelled_session_ids) {
            const session = sessions.get(id);
            if (session) session.cancelled = { root_session_id, reason, event_id: event.event_id };
          }
          return;
        }
        default:
      }
    },
  };
}

/** The sessions that a log tells of, by their ids. */
export function replay(events: Iterable<FlightRecorderEvent>): ReadonlyMap<string, ReplayedSession> {
  const replayed = createReplay();
  for (const event of events) replayed.read(event);
  return replayed.sessions;
}

function born({
  session_id,
  role,
  wp_id,
  spawn_depth,
}: Extract<FlightRecorderEvent, { fr_event_id: 'FR-EVT-SESS-001' }>['payload']): ReplayedSession {
  return {
    session_id,
    role,
    wp_id,
    state: 'CREATED',
    reason: null,
    parent_session_id: null,
    spawn_depth,
    children: [],
    announcements: [],
    cancelled: null,
    completed: null,
    messages: 0,
    jobs: 0,
  };
}
