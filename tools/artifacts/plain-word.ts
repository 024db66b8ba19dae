import { splitNote } from '../markdown/index.ts';

/** A state is a word or three; what is longer is prose about one. */
const LONGEST = 400;

/**
 * The word that a person wrote for a state, in its one spelling: `In-Progress (not done yet)` is IN_PROGRESS,
 * and `Done [VALIDATED] ✅` DONE. Notes in parentheses and brackets, emphasis, ticks and what double encoding
 * left of them are taken off; everything else stays, so that a word with a condition is another word.
 */
export function plainWord(raw: string): string {
  if (raw.length > LONGEST) return '';
  let text = raw;
  for (let before = ''; text !== before; ) {
    before = text;
    text = withoutTail(text).trimEnd();
  }
  let start = 0;
  while (start < text.length && !isPlain(text[start]!)) start++;
  return text
    .slice(start)
    .replace(/[\s_-]+/g, '_')
    .toUpperCase();
}

function withoutTail(text: string): string {
  if (text.endsWith(')')) {
    const { value } = splitNote(text);
    return value === text ? text.slice(0, -1) : value;
  }
  if (text.endsWith(']')) {
    const open = text.lastIndexOf('[');
    return open > 0 ? text.slice(0, open) : text.slice(0, -1);
  }
  return isPlain(text.at(-1) ?? 'a') ? text : text.slice(0, -1);
}

function isPlain(char: string): boolean {
  return /[A-Za-z0-9]/.test(char);
}
