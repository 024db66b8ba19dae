import { isPlaceholder, type Packet } from '../../artifacts/index.ts';
import type { Severity } from '../../findings/index.ts';

/** A packet of the current form, which says its format version. Older ones were written before most demands. */
export function isModern({ formatVersion }: { formatVersion?: { value: string } }): boolean {
  return formatVersion !== undefined && !isPlaceholder(formatVersion.value);
}

/**
 * What a defect weighs: a rule applies from the form that knows it. A closed packet of the year before cannot be
 * written again, and a tree that shows a thousand errors for its history shows none.
 */
export function byAge(packet: Packet, older: Severity = 'warning'): Severity {
  return isModern(packet) ? 'error' : older;
}
