import type { Place } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';

/** Other text for a stretch of one line. */
export interface LineEdit {
  line: number;
  /** From 1. */
  column: number;
  length: number;
  text: string;
}

export function editAt(place: Place, offset: number, length: number, text: string): LineEdit {
  return { line: place.line, column: place.column + offset, length, text };
}

/** Every occurrence of a word in a text that stands at a place. */
export function replacing(text: string, place: Place, word: string, by: string): LineEdit[] {
  const edits: LineEdit[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    edits.push(editAt(place, at, word.length, by));
  }
  return edits;
}

/** The whole file with the edits, its BOM and its line ends as they were: every other byte stays. */
export function edited(file: TextFile, edits: readonly LineEdit[]): string {
  const starts = lineStarts(file.text);
  const inOrder = [...edits].sort((a, b) => a.line - b.line || a.column - b.column);
  let out = file.bom ? '\uFEFF' : '';
  let done = 0;
  for (const { line, column, length, text } of inOrder) {
    const at = starts[line - 1]! + column - 1;
    if (at < done) throw new Error(`two edits of ${file.path}:${line}:${column} overlap`);
    out += file.text.slice(done, at) + text;
    done = at + length;
  }
  return out + file.text.slice(done);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
