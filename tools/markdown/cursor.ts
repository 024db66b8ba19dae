/** A place in one line, counted in columns as CommonMark does: a tab reaches to the next multiple of four. */
export class Cursor {
  line = '';
  offset = 0;
  column = 0;
  /** Of the next character that is no blank. */
  next = 0;
  /** Columns of blanks before it. */
  indent = 0;
  blank = false;
  // Columns left of a tab that was only partly consumed.
  private tabRest = 0;

  /** One cursor serves all lines: a spec has seventy thousand. */
  start(line: string): void {
    this.line = line;
    this.offset = 0;
    this.column = 0;
    this.tabRest = 0;
    this.look();
  }

  /** Finds the next character that is no blank. */
  look(): void {
    let at = this.offset;
    let column = this.column + this.tabRest;
    if (this.tabRest > 0) at++;
    for (; ; at++) {
      const code = this.line.charCodeAt(at);
      if (code === 32) column++;
      else if (code === 9) column += 4 - (column % 4);
      else break;
    }
    this.next = at;
    this.indent = column - this.column;
    this.blank = at >= this.line.length;
  }

  /** Moves over blanks, by columns. */
  skipColumns(count: number): void {
    let left = count;
    while (left > 0 && this.offset < this.line.length) {
      const code = this.line.charCodeAt(this.offset);
      if (code !== 32 && code !== 9) break;
      const width = code === 32 ? 1 : this.tabRest || 4 - (this.column % 4);
      const step = Math.min(width, left);
      this.column += step;
      left -= step;
      this.tabRest = width - step;
      if (this.tabRest === 0) this.offset++;
    }
    // Only blanks were passed: what comes after them is where it was, and is not looked for again.
    this.indent -= count - left;
  }

  /** Moves over the blanks and over `count` characters after them. */
  skipText(count: number): void {
    this.column += this.indent + count;
    this.offset = this.next + count;
    this.tabRest = 0;
    this.look();
  }

  rest(): string {
    return this.line.slice(this.next);
  }
}
