export { covers, intersect, isCapability, widening } from './capabilities.ts';
export type { NewSession } from './create.ts';
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
export { derive, type Facts, jobTransitions, sessionTransitions } from './derive.ts';
export type { RunOptions } from './enqueue.ts';
export { backoff, type RunOutcome } from './finish.ts';
export { isArtifactId } from './identity.ts';
export type { RecoveryReport } from './recover.ts';
export type {
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
  type Role,
  type Rules,
  type Scheduling,
} from './rules.ts';
export type { SpawnCall } from './spawn-request.ts';
export {
  type Change,
  type IndexDefinition,
  type Rows,
  type TableName,
  tables,
  type View,
} from './tables.ts';
