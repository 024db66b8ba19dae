export { checkEvent, definitionOf } from './check.ts';
export { namedSessions } from './correlation.ts';
export { RecorderError, type RecorderErrorCode } from './errors.ts';
export { type EventQuery, matches, type RoleOf, type StoredEvent } from './query.ts';
export { createRecorder, type EventLog, type Recorder } from './recorder.ts';
export { redact, redactText } from './redact.ts';
export { verifyLog } from './verify.ts';
export type { VerifyOptions, Violation } from './verify-state.ts';
