import type { FlightRecorderEvent } from '../../generated/index.ts';
import type { Known, KnownSession } from '../query/match.ts';

/** What a log alone tells of its sessions and jobs: FR-EVT-SESS-001, FR-EVT-SESS-SPAWN-002, FR-EVT-SESS-SCHED-001. */
export interface LogFacts extends Known {
  observe(event: FlightRecorderEvent): void;
}

export function logFacts(): LogFacts {
  const sessions = new Map<string, KnownSession>();
  const parents = new Map<string, string>();
  const lanes = new Map<string, string>();
  const jobs = new Map<string, string>();
  return {
    observe(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-001': {
          const { session_id, role, model_id, wp_id } = event.payload;
          sessions.set(session_id, { role, model_id, wp_id, lane: '', parent_session_id: null });
          return;
        }
        case 'FR-EVT-SESS-SPAWN-002':
          parents.set(event.payload.child_session_id, event.payload.requester_session_id);
          return;
        case 'FR-EVT-SESS-SCHED-001': {
          const { session_id, job_id, lane } = event.payload;
          jobs.set(job_id, session_id);
          // Its jobs are of one lane; the session itself says none.
          if (!lanes.has(session_id)) lanes.set(session_id, lane);
          return;
        }
        default:
      }
    },
    session(id) {
      const session = sessions.get(id);
      return session && { ...session, lane: lanes.get(id) ?? '', parent_session_id: parents.get(id) ?? null };
    },
    job: (id) => jobs.get(id),
  };
}
