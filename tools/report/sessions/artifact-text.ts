import { redactText } from '../../recorder/index.ts';

/** Readable, redacted, and no longer than `most` characters; null for bytes that are no text. */
export function textOf(
  content: Uint8Array,
  { most, whole }: { most: number; whole: boolean },
): { text: string; cut: boolean } | null {
  if (content.includes(0)) return null;
  try {
    // A piece may end inside of a character, which is then left out.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content, {
      stream: !whole,
    });
    return bounded(text, most, !whole);
  } catch {
    return null;
  }
}

/** Redacted first: a secret of which only a part is left is not recognised any more. */
export function bounded(given: string, most: number, cut = false): { text: string; cut: boolean } {
  const text = redactText(given);
  if (text.length <= most) return { text, cut };
  const inside = /[\uD800-\uDBFF]/.test(text[most - 1]!) ? most - 1 : most; // never half a character
  return { text: text.slice(0, inside), cut: true };
}
