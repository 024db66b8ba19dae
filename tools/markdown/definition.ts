/**
 * How many lines at the start of a paragraph are link definitions (`[label]: destination "title"`), which
 * are no text: an underline below nothing else makes no heading.
 */
export function behindDefinitions(lines: readonly string[]): number {
  if (!lines[0]?.startsWith('[')) return 0;
  const reader = new Definitions(lines.join('\n'));
  let line = 0;
  for (let at = 0; at < reader.text.length; ) {
    const end = reader.end(at);
    if (end === undefined) break;
    for (; at <= end; at = reader.text.indexOf('\n', at) + 1 || reader.text.length + 1) line++;
  }
  return line;
}

const LABEL = /[ \t]*\[((?:[^\\[\]]|\\.){1,999})\]:[ \t\n]*/sy;
const LITERAL = /<(?:[^\\<>\n]|\\.)*>/y;
const BLANKS = /[ \t\n]*/y;
const LINE_END = /[ \t]*(?=\n|$)/y;
const CLOSERS: Record<string, string> = { '"': '"', "'": "'", '(': ')' };

class Definitions {
  readonly text: string;
  // Where the next closer of a title is: kept, so that titles which never close are still read in linear time.
  private readonly closers = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** Where the definition that begins at `at` ends: at a line end, or at the end of the text. */
  end(at: number): number | undefined {
    LABEL.lastIndex = at;
    const label = LABEL.exec(this.text);
    if (!label || label[1]!.trim() === '') return undefined;
    const start = LABEL.lastIndex;
    const end = this.text[start] === '<' ? this.match(LITERAL, start) : this.rawEnd(start);
    if (end === undefined) return undefined;
    return this.titleEnd(end) ?? this.match(LINE_END, end);
  }

  /** A destination without angle brackets: no blanks, parentheses in pairs. */
  private rawEnd(start: number): number | undefined {
    const { text } = this;
    let depth = 0;
    let at = start;
    for (; at < text.length; at++) {
      const char = text[at]!;
      if (char === '\\' && /[()\\]/.test(text[at + 1] ?? '')) at++;
      else if (char === '(') depth++;
      else if (char === ')') {
        if (depth === 0) break;
        depth--;
      } else if (char <= ' ' || char === '\u007f') break;
    }
    return at > start && depth === 0 ? at : undefined;
  }

  private titleEnd(at: number): number | undefined {
    const start = this.match(BLANKS, at)!;
    const closer = CLOSERS[this.text[start] ?? ''];
    if (start === at || closer === undefined) return undefined;
    const end = this.closer(closer, start + 1);
    return end < 0 ? undefined : this.match(LINE_END, end + 1);
  }

  /** The next closer that no backslash escapes. */
  private closer(closer: string, from: number): number {
    let at = this.closers.get(closer) ?? 0;
    if (at < 0 || at >= from) return at;
    for (at = this.text.indexOf(closer, from); at >= 0; at = this.text.indexOf(closer, at + 1)) {
      let before = at;
      while (this.text[before - 1] === '\\') before--;
      if ((at - before) % 2 === 0) break;
    }
    this.closers.set(closer, at);
    return at;
  }

  private match(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }
}
