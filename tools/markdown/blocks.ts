import { Cursor } from './cursor.ts';
import { closes, type Marker, markerAt, opens } from './fence.ts';
import { type HtmlEnd, htmlBlock } from './html.ts';
import { Paragraph } from './paragraph.ts';
import {
  type Container,
  headingIn,
  THEMATIC_BREAK,
  takeContainer,
  takeQuote,
  type Within,
} from './starts.ts';

/** A fence as the walker meets it; lines from 1. */
export interface WalkedFence extends Marker {
  line: number;
  endLine: number;
  closed: boolean;
  indent: number;
  within?: Within;
}

export interface WalkedHeading {
  line: number;
  level: number;
  text: string;
}

/** `line` is that of its text, `endLine` that of its underline. */
export interface WalkedSetext extends WalkedHeading {
  endLine: number;
}

/** What a reader of a top-level opening fence decides: where it ends, or that it is no opener at all. */
export type Verdict = { endLine: number; closed: boolean } | 'drop' | undefined;

export interface Walk {
  lines: readonly string[];
  /** First and last line, from 1, inclusive. */
  from: number;
  to: number;
  /** Columns that the body's lines are indented by. */
  dedent?: number;
  /** Stop behind a top-level heading on one of these lines, where nothing is open. */
  until?: ReadonlySet<number>;
  judge?(fence: WalkedFence): Verdict;
}

// Deeper nesting is prose for nobody; a bound keeps a hostile file linear.
const DEEPEST = 100;
const SETEXT = /^(?:=+|-+)[ \t]*$/;
// First characters of lines that may be blank, indented, or begin a block or the second line of a table.
const BEGINNERS = Array.from({ length: 128 }, (_, code) =>
  ' \t>#`~<=-+*_[0123456789|:'.includes(String.fromCharCode(code)),
);

/**
 * The block structure of CommonMark as far as it decides which lines are headings and fences: containers
 * (list items, quotes, footnotes), paragraphs with lazy lines, HTML blocks. Linear in the text.
 */
export class Walker {
  readonly fences: WalkedFence[] = [];
  /** Top-level ATX headings only. */
  readonly headings: WalkedHeading[] = [];
  /** Top-level headings that are underlined. */
  readonly setext: WalkedSetext[] = [];
  private readonly cursor = new Cursor();
  private readonly walk: Walk;
  private containers: Container[] = [];
  private fence: WalkedFence | undefined;
  /** Raw HTML up to an end of its own (`<script>`, `<?`, ...): what a renderer shows nothing of. */
  readonly hidden: { line: number; endLine: number }[] = [];
  private html: HtmlEnd | undefined;
  private readonly paragraph = new Paragraph();
  private line = 0;

  constructor(walk: Walk) {
    this.walk = walk;
  }

  run(): this {
    const { lines, from, to } = this.walk;
    for (this.line = from; this.line <= to; this.line++) this.step(lines[this.line - 1] ?? '');
    this.endLeaf(to);
    return this;
  }

  private step(line: string): void {
    if (this.isPlain(line)) return;
    const { cursor } = this;
    cursor.start(line);
    if (this.walk.dedent) cursor.skipColumns(Math.min(cursor.indent, this.walk.dedent));
    const matched = this.matchContainers(cursor);
    const all = matched === this.containers.length;
    if (all && this.continueLeaf(cursor)) return;
    if (!all && !this.paragraph.open) this.closeFrom(matched);
    this.startBlocks(cursor, matched);
  }

  /** Most lines, text or code that can begin nothing: only a shortcut for what follows in {@link step}. */
  private isPlain(line: string): boolean {
    const inContainer = this.containers.length > 0;
    if (this.fence && !inContainer) return line !== '' && !line.includes(this.fence.char);
    if (this.html !== undefined) return false;
    if (line === '') {
      if (inContainer) return false;
      this.paragraph.close();
      return true;
    }
    const first = line.charCodeAt(0);
    if (first < 128 && BEGINNERS[first]) return false;
    // A lazy line of a paragraph, or the end of all containers.
    if (inContainer && !this.paragraph.open) this.closeFrom(0);
    if (!this.paragraph.table) this.paragraph.add(this.line, line);
    return true;
  }

  private matchContainers(cursor: Cursor): number {
    let matched = 0;
    for (const container of this.containers) {
      if (container.kind === 'quote') {
        if (cursor.indent > 3 || cursor.line[cursor.next] !== '>') break;
        takeQuote(cursor);
      } else if (cursor.blank) {
        if (container.empty) break;
        cursor.skipColumns(cursor.indent);
      } else if (cursor.indent >= container.indent) cursor.skipColumns(container.indent);
      else break;
      matched++;
    }
    return matched;
  }

  /** True when the line belongs to the open fence or HTML block. */
  private continueLeaf(cursor: Cursor): boolean {
    if (this.fence) {
      const marker = cursor.indent <= 3 ? markerAt(cursor.line, cursor.next) : undefined;
      if (marker && closes(marker, this.fence)) {
        this.fence.closed = true;
        this.endLeaf(this.line);
      }
      return true;
    }
    if (this.html === undefined) return false;
    if (this.html === 'blank') {
      if (cursor.blank) this.html = undefined;
    } else {
      this.hidden.at(-1)!.endLine = this.line;
      if (this.html.test(cursor.rest())) this.html = undefined;
    }
    return true;
  }

  private startBlocks(cursor: Cursor, matchedContainers: number): void {
    let matched = matchedContainers;
    // The paragraph that the line would continue, or only lazily continue.
    let inParagraph = this.paragraph.open && matched === this.containers.length;
    while (!cursor.blank && cursor.indent <= 3) {
      const container = this.containers.length < DEEPEST ? takeContainer(cursor, inParagraph) : undefined;
      if (container) {
        this.open(matched);
        inParagraph = false;
        this.containers.push(container);
        matched++;
        continue;
      }
      if (this.leaf(cursor, inParagraph, matched)) return;
      break;
    }
    if (cursor.blank) {
      this.closeFrom(matched);
      return;
    }
    const text = cursor.rest();
    const code = cursor.indent > 3;
    if (this.paragraph.open) {
      const head = inParagraph && !code ? this.paragraph.headOf(text) : undefined;
      if (head === undefined) this.paragraph.add(this.line, text, !code);
      // No longer inside a paragraph, a lone tag is HTML.
      else if (htmlBlock(head, false) !== undefined) this.html = 'blank';
    } else if (!(this.paragraph.table && matched === this.containers.length && !code)) {
      this.open(matched);
      if (!code) this.paragraph.add(this.line, text);
    }
  }

  /** A block without children: true when the line is one. */
  private leaf(cursor: Cursor, inParagraph: boolean, matched: number): boolean {
    const char = cursor.line[cursor.next];
    switch (char) {
      case '#': {
        const heading = headingIn(cursor.rest());
        if (!heading) return false;
        this.open(matched);
        if (this.containers.length === 0) {
          this.headings.push({ line: this.line, ...heading });
          if (this.walk.until?.has(this.line)) this.line = this.walk.to;
        }
        return true;
      }
      case '`':
      case '~': {
        const marker = markerAt(cursor.line, cursor.next);
        if (!marker || !opens(marker)) return false;
        this.open(matched);
        this.openFence(marker, cursor);
        return true;
      }
      case '<': {
        const text = cursor.rest();
        const lazy = this.paragraph.open && matched < this.containers.length;
        const end = htmlBlock(text, inParagraph);
        if (end === undefined) return false;
        // A lone tag on a lazy line goes on in the containers of its paragraph: implementations differ, and
        // remark is followed.
        if (lazy && htmlBlock(text, true) === undefined) this.paragraph.close();
        else this.open(matched);
        if (end !== 'blank') this.hidden.push({ line: this.line, endLine: this.line });
        this.html = end !== 'blank' && end.test(text) ? undefined : end;
        return true;
      }
      case '=':
      case '-':
      case '*':
      case '_': {
        const text = cursor.rest();
        const title = inParagraph && SETEXT.test(text) ? this.paragraph.title() : undefined;
        if (!title && !THEMATIC_BREAK.test(text)) return false;
        this.open(matched);
        if (title && this.containers.length === 0)
          this.setext.push({ ...title, endLine: this.line, level: char === '=' ? 1 : 2 });
        return true;
      }
      default:
        return false;
    }
  }

  private openFence(marker: Marker, cursor: Cursor): void {
    const within = this.containers.at(-1)?.kind;
    const fence: WalkedFence = {
      ...marker,
      line: this.line,
      endLine: this.line,
      closed: false,
      indent: cursor.column + cursor.indent,
      ...(within && { within }),
    };
    const verdict = within ? undefined : this.walk.judge?.(fence);
    if (verdict === 'drop') return;
    this.fences.push(fence);
    if (verdict === undefined) this.fence = fence;
    else {
      Object.assign(fence, verdict);
      this.line = verdict.endLine;
    }
  }

  /** A block begins below the matched containers: what was open beside them ends. */
  private open(matched: number): void {
    this.closeFrom(matched);
    for (const container of this.containers) container.empty = false;
  }

  private closeFrom(matched: number): void {
    this.endLeaf(matched < this.containers.length ? this.line - 1 : this.line);
    this.containers.length = matched;
  }

  private endLeaf(line: number): void {
    if (this.fence) this.fence.endLine = line;
    this.fence = undefined;
    this.html = undefined;
    this.paragraph.close();
  }
}
