import { type Gap, isKnown, readEvent, type StoredEvent } from '../../../recorder/index.ts';

/** The event that a row holds. One whose body is none is passed over and told: the rest of the log can be read. */
export function storedEvent(
  { seq, body }: { seq: number; body: string },
  skipped: (gap: Gap) => void,
): StoredEvent[] {
  const event = readEvent(body);
  if (event === null) {
    skipped({ first_seq: seq, last_seq: seq, why: 'unreadable', archive: null, at: null });
    return [];
  }
  return [isKnown(event) ? { seq, event } : { seq, event, unknown: true }];
}
