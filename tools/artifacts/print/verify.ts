import { decode, type TextFile } from '../../text/index.ts';
import { openDocument } from '../document.ts';
import type { Printed } from './lines.ts';
import { Unprintable } from './unprintable.ts';

/**
 * The file as it will be read. Refuses a text that changes how a line is read which nobody meant to change: a
 * value that opens a comment, a bullet that ends a table.
 */
export function readBack(file: TextFile, { text, from }: Printed): TextFile {
  const after = decode(file.path, new TextEncoder().encode(text));
  const [before, now] = [openDocument(file), openDocument(after)];
  for (const [index, line] of from.entries()) {
    if (line === undefined || before.visible[line - 1] === now.visible[index]) continue;
    throw new Unprintable(
      file.path,
      'change',
      after.lines[index] ?? '',
      `line ${line} to be read as it was: a value opens or closes a comment or a fence`,
    );
  }
  return after;
}

/** One line, as a field, an entry or a cell needs it, and text that UTF-8 can hold. */
export function isOneLine(text: string): boolean {
  return !/[\r\n]|\p{Surrogate}/u.test(text);
}
