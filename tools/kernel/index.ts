/**
 * What a session may do, decided without doing anything: `decide(state, command, now, ids)`.
 *
 * | file | decides |
 * |---|---|
 * | decide, decision | which command is whose; what an answer and a refusal are |
 * | create, spawn, spawn-request | who comes into being, with what grants, how deep, how many |
 * | enqueue, dispatch, lanes, permits, rates | which run waits, which runs next, and what holds it back |
 * | boundary, usage, finish | what a run may still do, what it has cost, how it ends |
 * | derive, settle | what state a session is in; settle is the only writer |
 * | terminal, ending, cascade, cancel | how a session ends, and who ends with it |
 * | consent/: coverage, judge, issue, revoke, go-on | which calls may leave for the cloud, until when, and what then |
 * | announce, inbox | who hears of it; what comes from elsewhere |
 * | steer, recover | what an operator and a restarted process may change |
 * | capabilities, identity, rules | what grants cover, what things are called, what a workspace decided |
 * | rows, tables, draft, spans | what is stored, how it is found, and the decision in the making |
 */

export {
  type CommandInput,
  type CommandName,
  type CommandResult,
  decide,
} from './decide.ts';
export {
  type Decision,
  type Effect,
  type Ids,
  type Rejection,
  type RejectionCode,
  rejectionCodes,
} from './decision.ts';
export { isArtifactId } from './identity.ts';
export type {
  CascadeCancelRecord,
  JobRow,
  MailboxRow,
  MessageRow,
  PlanRow,
  Provenance,
  ReceiptRow,
  SessionRow,
  SpanRow,
} from './rows.ts';
export {
  type Budgets,
  defaultRules,
  type Limits,
  lanes,
  type Role,
  type Rules,
  type Scheduling,
} from './rules.ts';
export type { Enqueued, RunOptions } from './schedule/enqueue.ts';
export { backoff, type RunOutcome } from './schedule/finish.ts';
export type { RecoveryReport } from './schedule/recover.ts';
export type { NewSession } from './session/create.ts';
export { derive, type Facts, jobTransitions, sessionTransitions } from './session/derive.ts';
export { covers, intersect, isCapability, widening } from './spawn/capabilities.ts';
export type { SpawnCall } from './spawn/request.ts';
export {
  type Change,
  type IndexDefinition,
  type Rows,
  type TableName,
  tables,
  type View,
} from './tables.ts';
