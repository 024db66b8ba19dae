import type { SessionMessage } from '../generated/index.ts';
import type { MessageRow } from '../kernel/index.ts';

export { sessionRecord } from '../kernel/index.ts';

export function messageRecord({ message_seq: _, provenance: __, ...message }: MessageRow): SessionMessage {
  return message;
}
