import type { Token } from './rust-tokens.ts';

const CLOSERS: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Where a reader of tokens stands. Beyond the last token all is an empty mark, so that no reader runs out. */
export class RustCursor {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly last: Token;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    const end = tokens.at(-1);
    this.last = { kind: 'mark', text: '', line: end?.line ?? 0, start: end?.end ?? 0, end: end?.end ?? 0 };
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? this.last;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** The token before the one that is due. */
  get previous(): Token {
    return this.tokens[this.at - 1] ?? this.last;
  }

  is(text: string, ahead = 0): boolean {
    const { kind, text: found } = this.peek(ahead);
    return found === text && kind !== 'text' && kind !== 'doc';
  }

  /** Takes the token where it is the one that is due. */
  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  word(): string | undefined {
    return this.peek().kind === 'word' ? this.next().text : undefined;
  }

  /** Behind the bracket that closes the one that is due. */
  skipGroup(): void {
    const due: string[] = [];
    do {
      const { kind, text } = this.next();
      if (kind !== 'mark') continue;
      const closer = CLOSERS[text];
      if (closer !== undefined) due.push(closer);
      else if (text === due.at(-1)) due.pop();
    } while (due.length > 0 && !this.done);
  }

  /** To one of `marks` outside of every bracket; it is not taken. */
  skipTo(...marks: string[]): void {
    while (!this.done && !marks.some((mark) => this.is(mark))) {
      if (this.peek().kind === 'mark' && CLOSERS[this.peek().text] !== undefined) this.skipGroup();
      else this.at++;
    }
  }

  get position(): number {
    return this.at;
  }

  /** To the end of the type that begins at `position`: commas in `<…>` are its own. */
  skipType(position: number): void {
    this.at = position;
    let depth = 0;
    while (!this.done && !this.is('}') && !(this.is(',') && depth <= 0)) {
      // The `>` of `->` closes nothing.
      if (this.is('<')) depth++;
      else if (this.is('>') && this.previous.text !== '-') depth--;
      if (this.peek().kind === 'mark' && CLOSERS[this.peek().text] !== undefined) this.skipGroup();
      else this.at++;
    }
  }
}
