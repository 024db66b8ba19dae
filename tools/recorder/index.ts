export type { EventDefinition, FlightRecorderEvent } from '../generated/index.ts';
export { redact, redactText } from '../text/index.ts';
export { checkEvent, definitionOf } from './accept/check.ts';
export { namedSessions } from './accept/correlation.ts';
export { RecorderError, type RecorderErrorCode } from './accept/errors.ts';
export { createRecorder, type EventLog, type Recorder } from './accept/recorder.ts';
export { CHAIN_START, chainHash, SEGMENT_SIZE, segmentOf } from './chain/chain.ts';
export { createLogCheck, type LogCheck, verifyLog } from './conform/check-log.ts';
export type { EventMap } from './conform/entries.ts';
export {
  createEventMap,
  type EventMapDefinition,
  envelopeFields,
  eventMapSchema,
} from './conform/event-map.ts';
export {
  createLogReader,
  type LogFault,
  type LogReader,
  type LogReaderOptions,
  type LogReading,
} from './conform/log-reader.ts';
export { readLog } from './conform/read-log.ts';
export { LOG_READER_RULES } from './conform/reader-rules.ts';
export { LOG_RULES } from './conform/rules.ts';
export type { VerifyOptions, Violation } from './conform/state.ts';
export { type EventQuery, matches, type RoleOf, type StoredEvent } from './query/query.ts';
