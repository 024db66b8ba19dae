import type { Place } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';

/** Offsets of a file's text as places. Columns count as in {@link TextFile}. */
export class LineIndex {
  readonly file: TextFile;
  #found: number[] | undefined;

  constructor(file: TextFile) {
    this.file = file;
  }

  /** Offsets at which the lines begin, looked for when the first place is asked for. */
  get #starts(): readonly number[] {
    if (this.#found !== undefined) return this.#found;
    const { text } = this.file;
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#found = starts;
    return starts;
  }

  place(from: number, to: number): Place {
    const [line, column] = this.#position(from);
    const [endLine, endColumn] = this.#position(to);
    return { file: this.file.path, line, column, endLine, endColumn };
  }

  /** From where to where the text of each line goes, without its line end. */
  *lines(): Generator<[from: number, to: number]> {
    const starts = this.#starts;
    for (const [index, text] of this.file.lines.entries()) {
      const from = starts[index]!;
      yield [from, from + text.length];
    }
  }

  #position(offset: number): [line: number, column: number] {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - starts[low]! + 1];
  }
}
