import { unescaped } from '../../artifacts/index.ts';
import { repairLine } from '../../text/index.ts';

/**
 * A line as it is compared with another: escapes decoded, double encoding repaired, blanks folded. What is left
 * is what a person reads.
 */
export function foldLine(text: string): string {
  const plain = text.includes('\\') ? unescaped(text).replace(/\\+(?=")/g, '') : text;
  return (repairLine(plain)?.text ?? plain).replace(/\s+/g, ' ').trim();
}

/** Lines that say something, folded, each with its line number. */
export function foldLines(lines: readonly string[], first: number): { text: string; line: number }[] {
  return lines
    .map((text, index) => ({ text: foldLine(text), line: first + index }))
    .filter(({ text }) => text !== '');
}
