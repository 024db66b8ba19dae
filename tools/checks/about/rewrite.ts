import { bytesOf, LineIndex } from '../../artifacts/index.ts';
import type { Finding, Place } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';

/** A file that should be another text: where the two part, and the fix that makes it that text. */
export interface Rewrite {
  place: Place;
  /** Absent for a file with a BOM: that stands outside every place, so no fix could take it away. */
  fix?: Finding['fix'];
}

/** Undefined where the file is that text already, byte for byte but for the CRLF of a checkout. */
export function rewriteOf(file: TextFile, text: string): Rewrite | undefined {
  if (bytesOf(file).replaceAll('\r\n', '\n') === text) return undefined;
  const lines = new LineIndex(file);
  if (file.bom) return { place: lines.place(0, 0) };
  let at = 0;
  while (at < text.length && file.text[at] === text[at]) at += 1;
  const { file: _, ...range } = lines.place(0, file.text.length);
  return { place: lines.place(at, at), fix: [{ range, text }] };
}
