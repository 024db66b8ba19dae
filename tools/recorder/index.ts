export type { EventDefinition, FlightRecorderEvent } from '../generated/index.ts';
export { redact, redactText } from '../text/index.ts';
export { checkEvent, definitionOf } from './accept/check.ts';
export { namedSessions } from './accept/correlation.ts';
export { RecorderError, type RecorderErrorCode } from './accept/errors.ts';
export { createRecorder, type EventLog, type Recorder } from './accept/recorder.ts';
export { CHAIN_START, chainHash, SEGMENT_SIZE, segmentOf } from './chain/chain.ts';
export { createLogCheck, type LogCheck, verifyLog } from './conform/check-log.ts';
export { coveredIds } from './conform/coverage.ts';
export { LOG_RULES } from './conform/rules.ts';
export type { SpanLine } from './conform/span-line.ts';
export type { Place, VerifyOptions, Violation } from './conform/state.ts';
export { type EventQuery, matches, type RoleOf, type StoredEvent } from './query/query.ts';
export {
  createReplay,
  type Replay,
  type ReplayedCancellation,
  type ReplayedSession,
  replay,
} from './replay/replay.ts';
