// What a simulation that means anything has reached.
import type { SpawnRejectionReason } from '../../tools/generated/index.ts';
import {
  type CommandName,
  jobTransitions,
  rejectionCodes,
  sessionTransitions,
  type Verdict,
} from '../../tools/kernel/index.ts';

/** All of a closed set: a member that is new to the kernel is missing here, and does not compile. */
const all = <Name extends string>(named: Record<Name, true>): string[] => Object.keys(named);

const commands = all<CommandName>({
  create_session: true,
  spawn: true,
  enqueue: true,
  dispatch: true,
  say: true,
  usage: true,
  start_tool: true,
  end_tool: true,
  resume_call: true,
  checkpoint: true,
  finish_run: true,
  send: true,
  read_inbox: true,
  cancel: true,
  pause: true,
  resume: true,
  close: true,
  approve: true,
  consent: true,
  revoke_consent: true,
  recover: true,
  register_boot: true,
  leave_boot: true,
  progress: true,
  route: true,
  allow_thread: true,
  revoke_thread: true,
  read_thread: true,
});

/** Every event that the kernel emits. */
export const events = [
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

/** The answers no to a spawn (D-21). */
const spawnReasons = all<SpawnRejectionReason>({
  invalid_request: true,
  requester_not_found: true,
  requester_terminal: true,
  capability_widening: true,
  depth_limit_exceeded: true,
  children_cap_reached: true,
  tree_budget_exhausted: true,
  total_sessions_cap_reached: true,
  consent_missing: true,
});

/** What becomes of a tool call (D-42). */
const verdicts = all<Verdict['kind']>({
  execute: true,
  recorded: true,
  ask: true,
  renamed: true,
  taken: true,
});

/** What else an answer may say. */
const answers = [
  'answer fenced',
  'progress told',
  'progress no_requester',
  'progress requester_terminal',
  'progress repeated',
  'progress unread',
  'refusal CX-MM-CONSENT-MISSING',
  'thread read',
  'thread refused',
];

/** What the engine refuses before the kernel is asked. */
const engines: ReadonlySet<string> = new Set(['not_admitted', 'unbound_session']);
const rejections = rejectionCodes.map((code) => `${engines.has(code) ? 'engine' : 'rejection'} ${code}`);

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
  ...rejections,
  ...verdicts.map((kind) => `verdict ${kind}`),
  ...answers,
  ...edges('session', sessionTransitions),
  ...edges('job', jobTransitions),
].filter((name) => !unmade.has(name));

export const missing = (wanted: readonly string[], counts: ReadonlyMap<string, number>): string[] =>
  wanted.filter((name) => !counts.get(name));
