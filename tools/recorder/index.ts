export type { EventDefinition, FlightRecorderEvent } from '../generated/index.ts';
export { redact, redactText } from '../text/index.ts';
export { checkEvent, definitionOf } from './accept/check.ts';
export { namedSessions } from './accept/correlation.ts';
export { RecorderError, type RecorderErrorCode } from './accept/errors.ts';
export { createRecorder, type EventLog, type Recorder } from './accept/recorder.ts';
export { CHAIN_START, chainHash, SEGMENT_SIZE, segmentOf } from './chain/chain.ts';
export { type ChainAround, type ChainCheck, type ChainEnd, createChainCheck } from './chain/check.ts';
export type { Head } from './chain/ending.ts';
export type { ChainFault } from './chain/faults.ts';
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
export { type ChainReport, faultList, publicGap, verifyChain } from './chain/verify.ts';
export { createLogCheck, type LogCheck, verifyLog } from './conform/check-log.ts';
export { LOG_RULES } from './conform/rules.ts';
export type { VerifyOptions, Violation } from './conform/state.ts';
export { type EventQuery, matches, type RoleOf, type StoredEvent } from './query/query.ts';
