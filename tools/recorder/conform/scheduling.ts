import type { ModelSessionState } from '../../generated/index.ts';
import { isTerminal, type KnownSession, type LogState, type Rules, type Work } from './state.ts';

/** Jobs: queued before they run, one at a time, none after it was cancelled, none left behind (4.3.9.13, D-34). */
export function scheduleRules({ sessions, report }: LogState): Rules {
  /** The job, after it was held against what the log has told of it; `does` says what becomes of it now. */
  const job = (work: Work, session_id: string, job_id: string, does: string): void => {
    const seen = work.jobs.get(job_id);
    if (seen === undefined)
      report('scheduler/not-enqueued', `job ${job_id} of session ${session_id} ${does} and was never queued`);
    if (seen === 'cancelled')
      report(
        'scheduler/after-cancel',
        `job ${job_id} of session ${session_id} ${does} after it was cancelled`,
      );
    if (seen === 'queued' && does !== 'is rate limited') work.waiting -= 1;
  };

  return {
    before(event) {
      switch (event.fr_event_id) {
        case 'FR-EVT-SESS-SCHED-001': {
          const { session_id, job_id, lane } = event.payload;
          const session = sessions.get(session_id);
          if (!session?.work) return;
          if (lane === 'PRIMARY' && session.depth > 0)
            report('scheduler/lane', `job ${job_id} of the child ${session_id} is in the PRIMARY lane`);
          if (session.work.jobs.has(job_id))
            report('scheduler/enqueued-twice', `job ${job_id} of session ${session_id} is queued twice`);
          else {
            session.work.jobs.set(job_id, 'queued');
            session.work.waiting += 1;
          }
          return;
        }
        case 'FR-EVT-SESS-SCHED-002': {
          const { session_id, job_id } = event.payload;
          const session = sessions.get(session_id);
          if (session && session.state !== 'CREATED' && session.state !== 'BLOCKED')
            report(
              'scheduler/dispatch',
              `a run of session ${session_id} starts while it is ${session.state}`,
            );
          if (!session?.work) return;
          job(session.work, session_id, job_id, 'starts');
          session.work.jobs.set(job_id, 'dispatched');
          session.work.running = job_id;
          return;
        }
        case 'FR-EVT-SESS-SCHED-003': {
          const { session_id, job_id } = event.payload;
          const work = sessions.get(session_id)?.work;
          if (!work) return;
          job(work, session_id, job_id, 'is rate limited');
          return;
        }
        case 'FR-EVT-SESS-SCHED-004': {
          const { session_id, job_id } = event.payload;
          const work = sessions.get(session_id)?.work;
          if (!work) return;
          job(work, session_id, job_id, 'is cancelled');
          work.jobs.set(job_id, 'cancelled');
          work.again = false;
          return;
        }
        case 'FR-EVT-SESS-002': {
          const session = sessions.get(event.payload.session_id);
          if (!session) return;
          leaves(session, event.payload.to_state);
          keeps(session, event.payload.to_state, event.payload.reason);
          return;
        }
        default:
      }
    },
  };

  /** An ending cancels what is live. A job whose deadline passed in the queue fails with its session, untold. */
  function leaves({ id, state, work }: KnownSession, to: ModelSessionState): void {
    if (!work || !isTerminal(to)) return;
    const left = [...(work.waiting > (to === 'FAILED' ? 1 : 0) ? work.jobs : [])]
      .filter(([, seen]) => seen === 'queued')
      .map(([job_id]) => job_id);
    const { running } = work;
    const runs = state === 'ACTIVE' && to === 'CANCELLED' && running !== null;
    if (runs && work.jobs.get(running) !== 'cancelled') left.push(running);
    if (left.length > 0)
      report(
        'scheduler/left-over',
        `session ${id} is ${to} and leaves ${left.length} job${left.length === 1 ? '' : 's'} behind, first ${left[0]}`,
      );
    else if (work.again && to === 'CANCELLED')
      report('scheduler/left-over', `session ${id} is CANCELLED, and the job that it waited with is not`);
  }

  /** Whether a job lives that was dispatched before can only be seen in what its session waits for (4.3.9.12.6). */
  function keeps({ state, work }: KnownSession, to: ModelSessionState, reason: string | null): void {
    if (!work) return;
    if (to === 'ACTIVE') work.again = false;
    else if (to === 'BLOCKED') work.again = waitsWithJob.has(reason ?? '');
    else if (to === 'PAUSED' && state === 'ACTIVE') work.again = reason === 'crash_recovery';
  }
}

const waitsWithJob: ReadonlySet<string> = new Set(['dispatch', 'retry', 'gate']);
