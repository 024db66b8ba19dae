import { ModelSession, type SessionMessage } from '../generated/index.ts';
import type { MessageRow, SessionRow } from '../kernel/index.ts';

const sessionFields = Object.keys(ModelSession.shape) as (keyof ModelSession)[];

/** The spec's record of a session, without what the engine keeps beside it. */
export function sessionRecord(row: SessionRow): ModelSession {
  return Object.fromEntries(sessionFields.map((field) => [field, row[field]])) as unknown as ModelSession;
}

/** A message with where it came from, if that was elsewhere. */
export const threadRecord = (row: MessageRow) => ({ ...messageRecord(row), provenance: row.provenance });

export function messageRecord({ message_seq: _, provenance: __, ...message }: MessageRow): SessionMessage {
  return message;
}
