/** Ids stand in base64url instead of digits of 16: most of a report is ids, and none of them can be compressed. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** The first so many digits of 16: two of 64 are three of them. */
export function lengthened(short: string, length: number): string {
  let hex = '';
  for (let at = 0; at < short.length; at += 2) {
    const part = (VALUES.get(short[at]!)! << 6) | VALUES.get(short[at + 1]!)!;
    hex += part.toString(16).padStart(3, '0');
  }
  return hex.slice(0, length);
}

const UUID_DIGITS = 32;
export const HASH_DIGITS = 64;

export function longUuid(short: string): string {
  const hex = lengthened(short, UUID_DIGITS);
  return [0, 8, 12, 16, 20].map((from, at, all) => hex.slice(from, all[at + 1])).join('-');
}
