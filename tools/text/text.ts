import type { Place } from '../findings/index.ts';
import { sha256 } from './hash.ts';

export type LineEnd = '\n' | '\r\n' | 'mixed';

/**
 * A decoded file. `lines` are without their line ends and without the BOM; line n is `lines[n - 1]`.
 * Positions count in the file as an editor shows it (a BOM takes no column).
 */
export interface TextFile {
  path: string;
  /** BOM stripped; line ends as in the file. */
  text: string;
  lines: string[];
  bom: boolean;
  eol: LineEnd;
  /** sha256 of the file's bytes. */
  sha256: string;
}

/** The bytes are no UTF-8. `line` and `column` tell where the first bad byte is. */
export class NotUtf8 extends Error {
  override name = 'NotUtf8';
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly byte: number;
  constructor(path: string, line: number, column: number, byte: number) {
    super(`${path}:${line}:${column}: invalid UTF-8 (byte 0x${byte.toString(16).padStart(2, '0')})`);
    this.path = path;
    this.line = line;
    this.column = column;
    this.byte = byte;
  }
}

/** Strict UTF-8. Throws {@link NotUtf8} with the place of the first bad byte. */
export function decode(path: string, bytes: Uint8Array): TextFile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw firstBadByte(path, bytes);
  }
  const bom = text.charCodeAt(0) === 0xfeff;
  if (bom) text = text.slice(1);
  return { path, text, lines: splitLines(text), bom, eol: lineEnd(text), sha256: sha256(bytes) };
}

/** Splits at LF and CRLF; a final line end does not open another line. */
export function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.endsWith('\r')) lines[i] = line.slice(0, -1);
  }
  return lines;
}

/** The place of `length` characters at `column` (from 1) of a line. */
export function spanPlace(file: string, line: number, column: number, length: number): Place {
  return { file, line, column, endLine: line, endColumn: column + length };
}

function lineEnd(text: string): LineEnd {
  const crlf = text.split('\r\n').length - 1;
  if (crlf === 0) return '\n';
  return text.split('\n').length - 1 === crlf ? '\r\n' : 'mixed';
}

function firstBadByte(path: string, bytes: Uint8Array): NotUtf8 {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  // A sequence that was begun and never completed still passes as a stream: go back to where it begins.
  while (!decodes(bytes.subarray(0, low), false)) low -= 1;
  const before = new TextDecoder().decode(bytes.subarray(0, low)).split('\n');
  return new NotUtf8(path, before.length, before.at(-1)!.length + 1, bytes[low]!);
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
