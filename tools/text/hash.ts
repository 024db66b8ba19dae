import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Lower-case hex sha256. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
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
  const kept: string[] = [];
  for (const line of lines) {
    const trimmed = line.replace(/[ \t]+$/, '');
    if (trimmed === '' && (kept.length === 0 || kept.at(-1) === '')) continue;
    kept.push(trimmed);
  }
  if (kept.at(-1) === '') kept.pop();
  return `${FINGERPRINT_RECIPE}:${sha256(kept.join('\n'))}`;
}
