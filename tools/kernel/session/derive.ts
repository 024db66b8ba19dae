import type {
  JobState,
  ModelSessionState,
  SessionBlockedOn,
  SessionPauseReason,
} from '../../generated/index.ts';
import type { Terminal } from '../rows.ts';

/** All that a session's state depends on. */
export interface Facts {
  terminal: Terminal | null;
  running: boolean;
  pause_reason: SessionPauseReason | null;
  touched: boolean;
  awaiting: boolean;
  blocker: 'consent' | 'merge_conflict' | null;
  retrying: boolean;
  queued: boolean;
  announcing_children: number;
}

/** The one function that says what state a session is in; the first line that applies wins (D-03). */
export function derive(facts: Facts): { state: ModelSessionState; blocked_on: SessionBlockedOn | null } {
  if (facts.terminal) return { state: facts.terminal, blocked_on: null };
  if (facts.running) return { state: 'ACTIVE', blocked_on: null };
  if (facts.pause_reason) return { state: 'PAUSED', blocked_on: null };
  const waits = waitsFor(facts);
  if (!facts.touched && !urgent.has(waits)) return { state: 'CREATED', blocked_on: null };
  return { state: 'BLOCKED', blocked_on: waits };
}

const urgent: ReadonlySet<SessionBlockedOn> = new Set(['gate', 'consent', 'merge_conflict']);

function waitsFor(facts: Facts): SessionBlockedOn {
  if (facts.awaiting) return 'gate';
  if (facts.blocker) return facts.blocker;
  if (facts.retrying) return 'retry';
  if (facts.queued) return 'dispatch';
  return facts.announcing_children > 0 ? 'children' : 'input';
}

const ended: readonly ModelSessionState[] = [];

/** Legal changes of a session's state (D-05). */
export const sessionTransitions: Readonly<Record<ModelSessionState, readonly ModelSessionState[]>> = {
  CREATED: ['ACTIVE', 'BLOCKED', 'PAUSED', 'FAILED', 'CANCELLED'],
  ACTIVE: ['BLOCKED', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'],
  PAUSED: ['BLOCKED', 'FAILED', 'CANCELLED'],
  BLOCKED: ['ACTIVE', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: ended,
  FAILED: ended,
  CANCELLED: ended,
};

/** Legal changes of a job's state (D-55). */
export const jobTransitions: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['running', 'failed', 'cancelled'],
  running: [
    'awaiting_validation',
    'awaiting_user',
    'completed',
    'completed_with_issues',
    'failed',
    'cancelled',
    'poisoned',
    'stalled',
    'queued',
  ],
  awaiting_validation: ['awaiting_user', 'completed', 'completed_with_issues', 'failed', 'cancelled'],
  awaiting_user: ['queued', 'failed', 'cancelled'],
  stalled: ['queued', 'failed', 'cancelled'],
  completed: [],
  completed_with_issues: [],
  failed: [],
  cancelled: [],
  poisoned: [],
};
