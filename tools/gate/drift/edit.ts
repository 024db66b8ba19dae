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

/**
 * Every occurrence of a file name at a place, line by line as the file has them: a value may be folded over several.
 * A longer name that holds this one (`Old_Spec_v1.md`, `Spec_v1.mdx`) is another file.
 */
export function replacing({ lines }: TextFile, place: Place, name: string, by: string): LineEdit[] {
  const edits: LineEdit[] = [];
  for (let line = place.line; line <= place.endLine; line++) {
    const text = lines[line - 1] ?? '';
    const from = line === place.line ? place.column - 1 : 0;
    for (let at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + name.length)) {
      if (line === place.endLine && place.endColumn > 1 && at + 1 >= place.endColumn) break;
      if (NAME.test(text.slice(0, at).slice(-1)) || NAME.test(text.charAt(at + name.length))) continue;
      edits.push({ line, column: at + 1, length: name.length, text: by });
    }
  }
  return edits;
}

/** What a file name goes on with; a slash is none, since the name may stand in a path. */
const NAME = /[\w-]/;

/** The whole file with the edits, its BOM and its line ends as they were: every other byte stays. */
export function edited(file: TextFile, edits: readonly LineEdit[]): string {
  const starts = lineStarts(file.text);
  const inOrder = [...edits].sort((a, b) => a.line - b.line || a.column - b.column);
  let out = file.bom ? '\uFEFF' : '';
  let done = 0;
  for (const { line, column, length, text } of inOrder) {
    const at = starts[line - 1]! + column - 1;
    if (at < done) throw new Error(`two edits of ${file.path}:${line}:${column} overlap`);
    if (column - 1 + length > file.lines[line - 1]!.length)
      throw new Error(`an edit of ${file.path}:${line}:${column} leaves its line`);
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
