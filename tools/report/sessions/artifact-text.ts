import { redactText } from '../../recorder/index.ts';

/**
 * Readable, redacted, and no longer than `most`; null for bytes that are no text. What is no `whole` has to go on
 * behind its first `most` bytes, as far as a secret may be long: one that is cut in two is not recognised.
 */
export function textOf(
  content: Uint8Array,
  { most, whole }: { most: number; whole: boolean },
): { text: string; cut: boolean } | null {
  const text = decoded(content, whole);
  if (text === null) return null;
  const redacted = redactText(text);
  const behind = whole ? 0 : text.length - decoded(content.subarray(0, most), false)!.length;
  const end = Math.max(0, Math.min(most, redacted.length - behind));
  if (whole && end === redacted.length) return { text: redacted, cut: false };
  const half = /[\uD800-\uDBFF]/.test(redacted[end - 1] ?? '');
  return { text: redacted.slice(0, half ? end - 1 : end), cut: true };
}

/** A piece may end inside of a character, which is then left out. */
function decoded(content: Uint8Array, whole: boolean): string | null {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content, { stream: !whole });
  } catch {
    return null;
  }
}
