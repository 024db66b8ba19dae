import { createHash, hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Lower-case hex sha256. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex'); // in one step: an object for each of many short texts costs more than the hash
}

/** The id that git gives these bytes in a repository of sha1 (or, of 64 digits, of sha256). */
export function blobId(bytes: Uint8Array, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The bytes of a namespace, and behind them a name: buffers of their own for each cost more than the hash. */
const scratch = Buffer.allocUnsafe(512);

/** A UUID of version 5 (RFC 9562): the same name in the same namespace, itself a UUID, has the same one. */
export function uuid5(name: string, namespace: string): string {
  if (scratch.write(namespace.replaceAll('-', ''), 'hex') !== 16)
    throw new TypeError(`${namespace} is no UUID`);
  const hex = hash('sha1', named(name), 'hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A UTF-16 unit takes three bytes at most, so what is surely short enough is written without being measured. */
function named(name: string): Uint8Array {
  if (name.length * 3 > scratch.length - 16)
    return Buffer.concat([scratch.subarray(0, 16), Buffer.from(name)]);
  return scratch.subarray(0, 16 + scratch.write(name, 16, 'utf8'));
}

/** RFC 8785: the one way a value becomes bytes that are hashed or committed. */
export function canonicalJson(value: unknown): string {
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('this value has no canonical JSON');
  return text;
}

/** The recipe of {@link fingerprint}; it changes when the recipe does, so that old prints never lie. */
export const FINGERPRINT_RECIPE = 1;

/**
 * Fingerprint of spec text: LF, no trailing blanks, runs of blank lines folded, double encoding repaired
 * by the caller. Indentation and comments count, since defaults live in comments.
 */
export function fingerprint(lines: readonly string[]): string {
  return `${FINGERPRINT_RECIPE}:${sha256(countedLines(lines).text.join('\n'))}`;
}

/** The lines as {@link fingerprint} counts them, and where each stood in `lines` (from 0). */
export function countedLines(lines: readonly string[]): { text: string[]; at: number[] } {
  const text: string[] = [];
  const at: number[] = [];
  let blank = true;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const end = line.charCodeAt(line.length - 1);
    const trimmed = end === 32 || end === 9 ? line.replace(/[ \t]+$/, '') : line;
    if (trimmed === '' && blank) continue;
    blank = trimmed === '';
    text.push(trimmed);
    at.push(index);
  }
  if (blank && text.length > 0) {
    text.pop();
    at.pop();
  }
  return { text, at };
}
