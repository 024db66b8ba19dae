export type { EventDefinition, FlightRecorderEvent } from '../generated/index.ts';
export { redact, redactText } from '../text/index.ts';
export { checkEvent, definitionOf } from './accept/check.ts';
export { namedSessions } from './accept/correlation.ts';
export { RecorderError, type RecorderErrorCode } from './accept/errors.ts';
export { createRecorder, type EventLog, type Recorder } from './accept/recorder.ts';
export { type LogFacts, logFacts } from './archive/facts.ts';
export {
  ARCHIVE_END,
  ARCHIVE_SCHEMA,
  type ArchivedRecord,
  type ArchiveHeader,
  eventOf,
  parseHeader,
  parseRecord,
  parseTrailer,
  type Run,
} from './archive/format.ts';
export { type Fate, fateOf, KEEPS, type Keep, type Policy } from './archive/policy.ts';
export { archivedRecords, archiveLines } from './archive/read.ts';
export { type GapPlace, replayGap } from './archive/replay.ts';
export {
  DAY_MS,
  RETENTION,
  type Retention,
  type RetentionTimes,
  retentionOf,
  retentionWith,
} from './archive/retention.ts';
export { type SessionEnd, type SessionEnds, sessionEnds, type TreeEnd } from './archive/sessions.ts';
export { type ArchiveFault, type ArchiveProof, verifyArchive } from './archive/verify.ts';
export { isArchiveName, runsOf, type WrittenArchive, writeArchive } from './archive/write.ts';
export { CHAIN_START, chainHash, SEGMENT_SIZE, segmentOf } from './chain/chain.ts';
export type { Gap, GapWhy } from './chain/gap.ts';
export { createLogCheck, type LogCheck, verifyLog } from './conform/check-log.ts';
export { LOG_RULES } from './conform/rules.ts';
export type { VerifyOptions, Violation } from './conform/state.ts';
export { type Known, type KnownSession, matcher } from './query/match.ts';
export { eventIdsOf, familyFault, listOf, typeFault } from './query/names.ts';
export type { EventQuery, StoredEvent } from './query/query.ts';
