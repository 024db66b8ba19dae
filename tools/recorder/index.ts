export type { EventDefinition, FlightRecorderEvent, ModelRunJobLane } from '../generated/index.ts';
export { redact, redactText } from '../text/index.ts';
export { checkEvent, definitionOf } from './accept/check.ts';
export { namedSessions } from './accept/correlation.ts';
export { RecorderError, type RecorderErrorCode, type RecorderErrorOptions } from './accept/errors.ts';
export { type EventClass, eventClasses } from './accept/event-class.ts';
export type { Losses } from './accept/offers.ts';
export { createRecorder, type EventLog, type OfferOptions, type Recorder } from './accept/recorder.ts';
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
export { type ChainAround, type ChainCheck, type ChainEnd, createChainCheck } from './chain/check.ts';
export { goesOnFrom, type Head } from './chain/ending.ts';
export { type ChainFault, tellAbout } from './chain/faults.ts';
export { damageHash, type Gap, type GapRecord, type GapWhy } from './chain/gap.ts';
export {
  type Beside,
  besideOf,
  type ChainRecord,
  isKnown,
  readBody,
  readEvent,
} from './chain/record.ts';
export { CHAIN_RULES } from './chain/rules.ts';
export type { Seal } from './chain/seals.ts';
export { type ChainReport, faultList, MOST_FAULTS, publicGap, verifyChain } from './chain/verify.ts';
export { createLogCheck, type LogCheck, verifyLog } from './conform/check-log.ts';
export { coveredIds } from './conform/coverage.ts';
export { LOG_RULES } from './conform/rules.ts';
export type { SpanLine } from './conform/span-line.ts';
export type { Place, VerifyOptions, Violation } from './conform/state.ts';
export { type Known, type KnownSession, matcher } from './query/match.ts';
export { eventIdsOf, familyFault, listOf, typeFault } from './query/names.ts';
export type { EventQuery, StoredEvent } from './query/query.ts';
export type { BudgetUse, Crossing } from './query/views/budget.ts';
export {
  type CostOptions,
  type CostView,
  costView,
  type PacketCost,
  type SessionCost,
} from './query/views/cost.ts';
export { type Cost, type Spent, sumOf } from './query/views/cost-of.ts';
export type { GlobalRate, SessionRate } from './query/views/rate.ts';
export type { ViewedSession } from './query/views/session.ts';
export type { Letter, ViewSource } from './query/views/source.ts';
export {
  type Arrow,
  type ArrowEnd,
  type Lane,
  reaching,
  type TimelineOptions,
  type TimelineSpan,
  type TimelineView,
  timelineView,
} from './query/views/timeline.ts';
export {
  type Announced,
  type CancelledBy,
  type TreeNode,
  type TreeView,
  treeView,
} from './query/views/tree.ts';
export type { EventMap } from './read/entries.ts';
export {
  createEventMap,
  type EventMapDefinition,
  envelopeFields,
  eventMapSchema,
} from './read/event-map.ts';
export {
  createLogReader,
  type LogFault,
  type LogReader,
  type LogReaderOptions,
  type LogReading,
} from './read/log-reader.ts';
export { proveArchive } from './read/read-archive.ts';
export { readLog } from './read/read-log.ts';
export { LOG_READER_RULES } from './read/reader-rules.ts';
export {
  createReplay,
  type Replay,
  type ReplayedCancellation,
  type ReplayedSession,
  replay,
} from './replay/replay.ts';
