import { type RepairedText, repairText } from './encoding.ts';
import { decode } from './text.ts';

/** A file before and after; `bytes` are the same object where nothing changes. */
export interface RepairedFile extends Omit<RepairedText, 'lines'> {
  bytes: Uint8Array;
}

/** Takes double encoding out of a file; its BOM and the end of every line stay. Throws {@link NotUtf8}. */
export function repairFile(path: string, bytes: Uint8Array): RepairedFile {
  const { text, bom } = decode(path, bytes);
  // Lines at even places, their ends at odd ones.
  const parts = text.split(/(\r?\n)/);
  const { lines, repaired, refused } = repairText(parts.filter((_, at) => at % 2 === 0));
  if (repaired.length === 0) return { bytes, repaired, refused };
  const whole = parts.map((part, at) => (at % 2 === 0 ? lines[at / 2]! : part)).join('');
  return { bytes: new TextEncoder().encode((bom ? '\ufeff' : '') + whole), repaired, refused };
}
