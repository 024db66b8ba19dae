export type {
  ConsentReceipt,
  FlightRecorderEvent,
  ModelRunJob,
  ModelSession,
  ProjectionPlan,
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
  Enqueued,
  Ids,
  Limits,
  MailboxRow,
  NewSession,
  Provenance,
  RecoveryReport,
  RejectionCode,
  Role,
  RunOptions,
  RunOutcome,
  Scheduling,
  SpanRow,
  SpawnCall,
} from '../kernel/index.ts';
export type { EventQuery, StoredEvent, Violation } from '../recorder/index.ts';
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
  ThreadMessage,
  ToolCall,
  ToolResult,
} from './api.ts';
export { EngineError, type EngineErrorCode, engineErrorCodes } from './errors.ts';
export { openEngine } from './open.ts';
export { type Admission, type Clock, seededIds, simulatedClock, systemClock, systemIds } from './ports.ts';
export { openReadOnly, type SessionLog, type SessionSummary } from './read-only.ts';
export { SCENARIO_RULES } from './rules.ts';
export type { Scenario } from './scenario/language.ts';
export { runScenario, type ScenarioOptions, type ScenarioResult } from './scenario/play.ts';
export { parseScenario } from './scenario/read.ts';
export {
  type ScriptedRunner,
  type Scripts,
  type SpawnStep,
  type Step,
  type Surprise,
  scripted,
} from './scenario/scripted.ts';
export { type Artifacts, folderArtifacts, memoryArtifacts } from './store/artifacts.ts';
export { openMemoryStore } from './store/memory.ts';
export { openSqliteStore, type SqliteOptions } from './store/sqlite.ts';
export type { Reading, Store } from './store/store.ts';
