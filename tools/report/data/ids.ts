/** Ids as digits of 64 instead of 16: most of a report is ids, and none of them can be compressed. */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Three digits of 16 are two of 64; what is left over is filled up with zeros. */
export function shortened(hex: string): string {
  let short = '';
  for (let at = 0; at < hex.length; at += 3) {
    const part = Number.parseInt(hex.slice(at, at + 3).padEnd(3, '0'), 16);
    short += DIGITS[part >> 6]! + DIGITS[part & 63]!;
  }
  return short;
}

/** The first so many digits of 16 that {@link shortened} was given. */
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

export const isUuid = (text: string): boolean =>
  text.length === 36 && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const isHash = (text: string): boolean => text.length === HASH_DIGITS && /^[0-9a-f]{64}$/.test(text);

export const shortUuid = (uuid: string): string => shortened(uuid.replaceAll('-', ''));

export function longUuid(short: string): string {
  const hex = lengthened(short, UUID_DIGITS);
  return [0, 8, 12, 16, 20].map((from, at, all) => hex.slice(from, all[at + 1])).join('-');
}
