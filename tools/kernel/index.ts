export { covers, intersect, isCapability, widening } from './capabilities.ts';
export { actorOf, CASCADE_CHUNK } from './cascade.ts';
export type { NewSession } from './create.ts';
export {
  type Command,
  type CommandInput,
  type CommandName,
  type CommandResult,
  decide,
  type State,
} from './decide.ts';
export {
  type Decision,
  type Effect,
  type Ids,
  type NewArtifact,
  type Rejection,
  type RejectionCode,
  rejectionCodes,
} from './decision.ts';
export { derive, type Facts, jobTransitions, sessionTransitions } from './derive.ts';
export type { Dispatched } from './dispatch.ts';
export type { RunOptions } from './enqueue.ts';
export { backoff, type RunOutcome } from './finish.ts';
export { identity, isUuid } from './identity.ts';
export type { RecoveryReport } from './recover.ts';
export type {
  CallRow,
  CascadeCancelRecord,
  JobRow,
  MailboxRow,
  MessageRow,
  Provenance,
  SessionRow,
  SpanRow,
} from './rows.ts';
export {
  type Budgets,
  defaultRules,
  type Limits,
  lanes,
  providerOf,
  type Role,
  type Rules,
  type Scheduling,
} from './rules.ts';
export type { SpawnCall } from './spawn.ts';
export {
  type Change,
  type IndexDefinition,
  isLiveJob,
  type Rows,
  type TableName,
  tables,
  type View,
} from './tables.ts';
