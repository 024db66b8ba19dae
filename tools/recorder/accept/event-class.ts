import type { events } from '../../generated/index.ts';

/**
 * `required`: the event commits with what it tells of, or before it, and its failure is a failure of that.
 * `best_effort`: telemetry. It may be lost, and each loss is counted (D-65).
 */
export type EventClass = 'required' | 'best_effort';

/** Every registered event has exactly one class: who registers a new one has to say it here, or nothing compiles. */
export const eventClasses: Readonly<Record<keyof typeof events, EventClass>> = {
  'FR-EVT-006': 'best_effort',
  'FR-EVT-007': 'required',
  'FR-EVT-GOV-MAILBOX-001': 'required',
  'FR-EVT-GOV-MAILBOX-002': 'required',
  'FR-EVT-GOV-MAILBOX-003': 'required',
  'FR-EVT-SESS-001': 'required',
  'FR-EVT-SESS-002': 'required',
  'FR-EVT-SESS-003': 'required',
  'FR-EVT-SESS-004': 'required',
  'FR-EVT-SESS-005': 'required',
  'FR-EVT-SESS-SCHED-001': 'required',
  'FR-EVT-SESS-SCHED-002': 'required',
  'FR-EVT-SESS-SCHED-003': 'required',
  'FR-EVT-SESS-SCHED-004': 'required',
  'FR-EVT-SESS-SPAWN-001': 'required',
  'FR-EVT-SESS-SPAWN-002': 'required',
  'FR-EVT-SESS-SPAWN-003': 'required',
  'FR-EVT-SESS-SPAWN-004': 'required',
  'FR-EVT-SESS-SPAWN-005': 'required',
  'FR-EVT-WF-RECOVERY': 'required',
};
