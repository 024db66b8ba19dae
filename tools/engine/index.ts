export type {
  ConsentReceipt,
  FlightRecorderEvent,
  ModelRunJob,
  ModelSession,
  ProjectionPlan,
  SessionCheckpoint,
  SessionMessage,
  SessionSpawnRequest,
  SessionSpawnResponse,
  TokenUsage,
  ToolCall as ToolCallRecord,
  ToolIdempotency,
  ToolSideEffect,
} from '../generated/index.ts';
export type {
  Budgets,
  CascadeCancelRecord,
  Checkpointing,
  Enqueued,
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  PendingToolCall,
  ProgressAnswer,
  Provenance,
  RecoveredSession,
  RejectionCode,
  Role,
  RunOptions,
  RunOutcome,
  Scheduling,
  SpanRow,
  SpawnCall,
  ThreadPermissionRow,
  ToolJudgement,
} from '../kernel/index.ts';
export { rejectionCodes } from '../kernel/index.ts';
export type {
  Announced,
  Arrow,
  ArrowEnd,
  BudgetUse,
  CancelledBy,
  ChainFault,
  ChainReport,
  Cost,
  CostView,
  Crossing,
  EventQuery,
  Gap,
  GlobalRate,
  Lane,
  Losses,
  PacketCost,
  Recorder,
  SessionCost,
  SessionRate,
  Spent,
  StoredEvent,
  TimelineSpan,
  TimelineView,
  TreeNode,
  TreeView,
  Violation,
} from '../recorder/index.ts';
export { RecorderError, type RecorderErrorCode, type RecorderErrorOptions } from '../recorder/index.ts';
export type {
  CallOptions,
  ConsentFilter,
  ConsentRecord,
  Engine,
  EngineOptions,
  InboundMessage,
  MailboxMessage,
  NewModelRun,
  RunCall,
  RunIO,
  Runner,
  RunResult,
  RunSpawnCall,
  SessionFilter,
  ThreadAllowance,
  ThreadMessage,
  ToolCall,
  ToolResult,
} from './api.ts';
export { type ArchiveFile, type ArchiveOptions, type ArchiveReport, applyArchive } from './archive/apply.ts';
export { type LogFiles, openLogFiles } from './archive/files.ts';
export {
  type ArchivePlan,
  type FamilyPlan,
  type Leaving,
  planArchive,
  type RetentionOptions,
} from './archive/plan.ts';
export type { LogProof, ProveLog, ProvenGap } from './archive/prove.ts';
export type { ChildProgress } from './children.ts';
export { EngineError, type EngineErrorCode, engineErrorCodes } from './errors.ts';
export type { SpanBindings } from './look/bindings.ts';
export type { Caps, JobDetail, Queue, SessionDetail, SessionFacts } from './look/detail.ts';
export type { Interrupted, OpenCall, RunningIn } from './look/interrupted.ts';
export type { Announcement, Cancellation, SessionSummary } from './look/summary.ts';
export type { Thread } from './look/threads.ts';
export type { Material, Page, ViewName, ViewQuery, Views } from './look/views.ts';
export { openEngine } from './open.ts';
export { openRecorder, type RecorderOptions } from './open-recorder.ts';
export { type Admission, type Clock, seededIds, simulatedClock, systemClock, systemIds } from './ports.ts';
export { type Processes, type ProcessIdentity, systemProcesses } from './processes.ts';
export { openReadOnly, type Progress, type ReadOnlyOptions, type SessionLog } from './read-only.ts';
export { SCENARIO_RULES } from './rules.ts';
export type { RecoveryReport } from './run/recovery.ts';
export type { Scenario } from './scenario/language.ts';
export {
  runScenario,
  type ScenarioOptions,
  type ScenarioProgress,
} from './scenario/play.ts';
export { parseScenario } from './scenario/read.ts';
export type { ScenarioResult } from './scenario/report.ts';
export {
  type ScriptedRunner,
  type Scripts,
  type SpawnStep,
  type Step,
  type Surprise,
  scripted,
} from './scenario/scripted.ts';
export type { Piece } from './store/artifact-piece.ts';
export { type Artifacts, folderArtifacts, memoryArtifacts } from './store/artifacts.ts';
export { openMemoryStore } from './store/memory.ts';
export { openSqliteStore, type SqliteOptions } from './store/sqlite.ts';
export type { ArchivedGap, Reading, Store, VerifyLog } from './store/store.ts';
