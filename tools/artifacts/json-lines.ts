import type { Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';

/** Offsets of a file's text as places. Columns count as in {@link TextFile}. */
export class LineIndex {
  readonly file: TextFile;
  readonly #starts: number[] = [0];

  constructor(file: TextFile) {
    this.file = file;
    for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  place(from: number, to: number): Place {
    const [line, column] = this.#position(from);
    const [endLine, endColumn] = this.#position(to);
    return { file: this.file.path, line, column, endLine, endColumn };
  }

  /** From where to where the text of each line goes, without its line end. */
  *lines(): Generator<[from: number, to: number]> {
    for (const [index, text] of this.file.lines.entries()) {
      const from = this.#starts[index]!;
      yield [from, from + text.length];
    }
  }

  #position(offset: number): [line: number, column: number] {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - this.#starts[low]! + 1];
  }
}
