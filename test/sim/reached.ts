// What a simulation that means anything has reached.
import { jobTransitions, sessionTransitions } from '../../tools/kernel/index.ts';

const commands = [
  'create_session',
  'spawn',
  'enqueue',
  'dispatch',
  'say',
  'usage',
  'start_tool',
  'end_tool',
  'resume_call',
  'finish_run',
  'send',
  'read_inbox',
  'cancel',
  'pause',
  'resume',
  'close',
  'approve',
  'recover',
];

const events = [
  'FR-EVT-SESS-001',
  'FR-EVT-SESS-002',
  'FR-EVT-SESS-003',
  'FR-EVT-SESS-004',
  'FR-EVT-SESS-005',
  'FR-EVT-SESS-SCHED-001',
  'FR-EVT-SESS-SCHED-002',
  'FR-EVT-SESS-SCHED-003',
  'FR-EVT-SESS-SCHED-004',
  'FR-EVT-SESS-SPAWN-001',
  'FR-EVT-SESS-SPAWN-002',
  'FR-EVT-SESS-SPAWN-003',
  'FR-EVT-SESS-SPAWN-004',
  'FR-EVT-SESS-SPAWN-005',
  'FR-EVT-007',
  'FR-EVT-GOV-MAILBOX-001',
  'FR-EVT-WF-RECOVERY',
];

/** The answers no to a spawn (D-21). Consent is asked for at dispatch. */
const spawnReasons = [
  'invalid_request',
  'requester_not_found',
  'requester_terminal',
  'capability_widening',
  'depth_limit_exceeded',
  'children_cap_reached',
  'tree_budget_exhausted',
  'total_sessions_cap_reached',
];

/** The codes that the kernel itself refuses with; the others are the engine's. */
const rejections = [
  'invalid_request',
  'session_not_found',
  'session_terminal',
  'capability_widening',
  'children_cap_reached',
  'illegal_transition',
  'not_paused',
  'provenance_missing',
];

const blocked = ['gate', 'consent', 'retry', 'dispatch', 'children', 'input'];

/** Transitions that are legal and that no command makes: nobody validates or poisons a run yet. */
const unmade = new Set([
  'session PAUSED FAILED',
  'job running awaiting_validation',
  'job running poisoned',
  'job awaiting_validation awaiting_user',
  'job awaiting_validation completed',
  'job awaiting_validation completed_with_issues',
  'job awaiting_validation failed',
  'job awaiting_validation cancelled',
  'job awaiting_user failed',
  'job stalled failed',
]);

const edges = (prefix: string, table: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(table).flatMap(([from, targets]) => targets.map((to) => `${prefix} ${from} ${to}`));

/** Everything that a few thousand commands reach. */
export const often: readonly string[] = [
  ...commands.map((name) => `command ${name}`),
  ...events.map((id) => `event ${id}`),
  ...spawnReasons.map((reason) => `spawn ${reason}`),
  ...blocked.map((reason) => `blocked ${reason}`),
  'effect abort',
  'fault before the commit',
  'fault after the commit',
];

/** Everything there is: a long run has to reach it. */
export const everything: readonly string[] = [
  ...often,
  ...rejections.map((code) => `rejection ${code}`),
  ...edges('session', sessionTransitions),
  ...edges('job', jobTransitions),
].filter((name) => !unmade.has(name));

export const missing = (wanted: readonly string[], counts: ReadonlyMap<string, number>): string[] =>
  wanted.filter((name) => !counts.get(name));
