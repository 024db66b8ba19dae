/**
 * What a session may do, decided without doing anything: `decide(state, command, now, ids)`.
 *
 * | file | decides |
 * |---|---|
 * | decide, decision | which command is whose; what an answer and a refusal are |
 * | create, spawn, spawn-request | who comes into being, with what grants, how deep, how many |
 * | enqueue, dispatch, lanes, permits, rates | which run waits, which runs next, and what holds it back |
 * | boundary, usage, finish | what a run may still do, what it has cost, how it ends |
 * | tool-calls, checkpoint | what is pending, what is done again, what is kept for whoever goes on |
 * | derive, settle | what state a session is in; settle is the only writer |
 * | terminal, ending, cascade, cancel | how a session ends, and who ends with it |
 * | consent/: coverage, judge, issue, revoke, go-on | which calls may leave for the cloud, until when, and what then |
 * | announce, inbox | who hears of it; what comes from elsewhere |
 * | boots | which processes run sessions |
 * | announce, notice, letter | who hears of an ending, and of progress before it |
 * | inbox, progress, route | what comes from elsewhere; what a run tells its relatives |
 * | thread-access | who may read whose thread |
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
export { identity, isArtifactId, jobIdsOf } from './identity.ts';
export type {
  BootRow,
  CascadeCancelRecord,
  JobRow,
  MailboxRow,
  MessageRow,
  PacketRow,
  PlanRow,
  Provenance,
  ReceiptRow,
  SessionRow,
  SpanRow,
  ThreadPermissionRow,
} from './rows.ts';
export {
  type Budgets,
  type Checkpointing,
  defaultRules,
  type Limits,
  lanes,
  type Role,
  type Rules,
  type Scheduling,
} from './rules.ts';
export type { RunKey } from './schedule/current-run.ts';
export type { Enqueued, RunOptions } from './schedule/enqueue.ts';
export { backoff, type RunOutcome } from './schedule/finish.ts';
export type { RecoveredSession, Recovery } from './schedule/recover.ts';
export {
  type PendingToolCall,
  pendingToolCalls,
  type ToolJudgement,
  type Verdict,
} from './schedule/tool-calls.ts';
export type { CheckpointContent } from './session/checkpoint.ts';
export type { NewSession } from './session/create.ts';
export { derive, type Facts, jobTransitions, sessionTransitions } from './session/derive.ts';
export { sessionRecord } from './session/record.ts';
export { covers, intersect, isCapability, widening } from './spawn/capabilities.ts';
export type { ProgressAnswer } from './spawn/progress.ts';
export type { SpawnCall } from './spawn/request.ts';
export {
  type Change,
  type IndexDefinition,
  isLiveJob,
  type Rows,
  subQueue,
  type TableName,
  tables,
  type View,
} from './tables.ts';
