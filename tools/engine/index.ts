export type { EventQuery, Violation } from '../recorder/index.ts';
export type {
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
  ToolCall,
  ToolResult,
} from './api.ts';
export { type Artifacts, folderArtifacts, memoryArtifacts } from './artifacts.ts';
export { EngineError, type EngineErrorCode, engineErrorCodes } from './errors.ts';
export { openMemoryStore } from './memory-store.ts';
export { openEngine } from './open.ts';
export { type Admission, type Clock, seededIds, simulatedClock, systemClock, systemIds } from './ports.ts';
export { openReadOnly, type SessionLog, type SessionSummary } from './read-only.ts';
export { parseScenario, type Scenario } from './scenario.ts';
export { runScenario, type ScenarioOptions, type ScenarioResult } from './scenario-run.ts';
export { type ScriptedRunner, type Scripts, type Step, scripted } from './scripted.ts';
export { openSqliteStore } from './sqlite-store.ts';
export type { Store } from './store.ts';
