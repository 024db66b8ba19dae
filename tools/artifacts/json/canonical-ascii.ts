import { isRecord } from './json.ts';

/**
 * The one form of a role mailbox's export, so that the same mailbox gives the same bytes: one line, keys sorted,
 * no blanks, and all that is not ASCII as `\uXXXX` in upper-case hex. (RFC 8785 leaves letters as they are.)
 */
export function canonicalAscii(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalAscii).join(',')}]`;
  if (isRecord(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${quoted(key)}:${canonicalAscii(value[key])}`);
    return `{${members.join(',')}}`;
  }
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** A backslash that stands for itself is passed over whole, or the `u` after it would look like an escape. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/\\\\|\\u[0-9a-f]{4}|[\u0080-\uffff]/g, (found) => {
    if (found === '\\\\') return found;
    const hex = found.length > 1 ? found.slice(2) : found.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${hex.toUpperCase()}`;
  });
}
