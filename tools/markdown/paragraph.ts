import { behindDefinitions } from './definition.ts';
import { delimiterCells, headCells } from './table-head.ts';

/** The paragraph that is open at the current line, or the table that its last line turned out to head. */
export class Paragraph {
  open = false;
  /** Text that follows is a row: no paragraph, and never underlined. */
  table = false;
  private line = 0;
  private texts: string[] = [];
  // A line that is indented like code continues a paragraph, and heads no table.
  private headable = true;

  /** A line of text, with the blanks before it taken off. */
  add(line: number, text: string, headable = true): void {
    if (!this.open) {
      this.open = true;
      this.line = line;
      this.texts.length = 0;
    }
    this.texts.push(text);
    this.headable = headable;
  }

  close(): void {
    this.open = false;
    this.table = false;
  }

  /** The line before, when this one makes a table's head of it. */
  headOf(text: string): string | undefined {
    const cells = this.headable ? delimiterCells(text) : 0;
    const head = this.texts.at(-1)!;
    if (cells === 0 || headCells(head) !== cells) return undefined;
    this.open = false;
    this.table = true;
    return head;
  }

  /** What an underline would make a heading of: all but the link definitions at the start. */
  title(): { line: number; text: string } | undefined {
    const from = behindDefinitions(this.texts);
    if (from >= this.texts.length) return undefined;
    const text = this.texts.slice(from).map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''));
    return { line: this.line + from, text: text.join('\n') };
  }
}
