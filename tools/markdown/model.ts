import type { Within } from './starts.ts';

/** A fenced code block. Lines count from 1; `endLine` is the closing fence, or the last line of the body. */
export interface Fence {
  line: number;
  endLine: number;
  closed: boolean;
  char: '`' | '~';
  length: number;
  /** The info string as written, trimmed. */
  info: string;
  /** Its first word, lower case; empty without one. */
  lang: string;
  /** Columns before the opening fence. */
  indent: number;
  /** 0 in the file itself, 1 inside an `md` fence, and so on. */
  depth: number;
  /** Line of the `md` fence around it. */
  container?: number;
  /** Set when it stands in a list item, a quote or a footnote. */
  within?: Within;
}

/** A top-level ATX heading. */
export interface Heading {
  line: number;
  level: number;
  /** What follows the `#`s; closing `#`s removed. */
  text: string;
  /** Line of the `md` fence around it. */
  container?: number;
  /** Line of the broken fence that hides it from a strict reader. */
  hiddenBy?: number;
}

/** A top-level heading that is underlined with `===` or `---`; `line` is the first one of its text. */
export interface SetextHeading extends Heading {
  /** The underline: `=` makes level 1, `-` level 2. */
  endLine: number;
}

/** A place where the fences were mended: the rules are R1 to R5 of the fence repair. */
export interface Repair {
  line: number;
  /** R3 and R4 are ordinary reading: nothing is mended where a shorter fence nests, or an `md` fence is entered. */
  rule: 'R1' | 'R2' | 'R5';
  note: string;
  /** 0 in the file itself, 1 inside an `md` fence, and so on. */
  depth: number;
  /** The top-level headings that a strict reader does not see for it. */
  hides: Heading[];
}
