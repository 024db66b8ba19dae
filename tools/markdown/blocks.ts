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
  type WalkedItem,
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

/** A table as the walker meets it: its head, the line that makes it one, then its rows. */
export interface WalkedTable {
  line: number;
  /** Where the text of each of its lines begins, from 1: behind the markers of what it stands in. */
  columns: Map<number, number>;
  rows: number[];
}

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
  /** Filled with what is met, where somebody asks for it. */
  items?: WalkedItem[];
  tables?: WalkedTable[];
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
  /** The item whose first paragraph is open. */
  private textOf: WalkedItem | undefined;
  private table: WalkedTable | undefined;
  private column = 1;
  /** The line leaves a container in which a table was open: remark takes it for a lazy one, which heads none. */
  private behindTable = false;
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
    this.behindTable = !all && this.paragraph.table;
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
    this.behindTable = inContainer && this.paragraph.table;
    if (inContainer && !this.paragraph.open) this.closeFrom(0);
    if (this.paragraph.table) this.row(1);
    else this.addText(line, 1);
    return true;
  }

  /** A line of the open paragraph, or the first one of another. */
  private addText(text: string, column: number, headable = true): void {
    if (!this.paragraph.open) {
      this.textOf = undefined;
      const item = this.containers.at(-1)?.item;
      if (item !== undefined && !item.started) {
        item.text = { line: this.line, column, endLine: this.line };
        this.textOf = item;
      }
      if (item !== undefined) item.started = true;
    } else if (this.textOf?.text) this.textOf.text.endLine = this.line;
    this.column = column;
    this.paragraph.add(this.line, text, headable && !this.behindTable);
  }

  private row(column: number): void {
    this.table?.rows.push(this.line);
    this.table?.columns.set(this.line, column);
  }

  /** The line before turned out to head a table: it was no text of an item. */
  private startTable(column: number): void {
    const text = this.textOf?.text;
    if (text && text.line === this.line - 1) delete this.textOf!.text;
    else if (text) text.endLine = this.line - 2;
    this.textOf = undefined;
    if (!this.walk.tables) return;
    this.table = { line: this.line - 1, columns: new Map([[this.line - 1, this.column]]), rows: [] };
    this.table.columns.set(this.line, column);
    this.walk.tables.push(this.table);
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
      const at = cursor.next;
      const container = this.containers.length < DEEPEST ? takeContainer(cursor, inParagraph) : undefined;
      if (container) {
        this.open(matched);
        inParagraph = false;
        this.behindTable = false;
        if (this.walk.items && container.kind === 'item') container.item = this.startItem(cursor.line, at);
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
      if (head === undefined) this.addText(text, cursor.next + 1, !code);
      // No longer inside a paragraph, a lone tag is HTML.
      else if (htmlBlock(head, false) !== undefined) this.html = 'blank';
      else this.startTable(cursor.next + 1);
    } else if (this.paragraph.table && matched === this.containers.length && !code) {
      this.row(cursor.next + 1);
    } else {
      const item = this.containers[matched - 1]?.item;
      const started = item?.started;
      this.open(matched);
      if (item !== undefined && !code) item.started = started === true;
      if (!code) this.addText(text, cursor.next + 1);
    }
  }

  private startItem(line: string, at: number): WalkedItem {
    let depth = 0;
    for (const { kind } of this.containers) if (kind === 'item') depth += 1;
    const marker = /^(?:[-*+]|\d{1,9}[.)])/.exec(line.slice(at, at + 10))![0];
    const level = this.containers.length;
    const item: WalkedItem = { line: this.line, column: at + 1, marker, depth, level, started: false };
    this.walk.items!.push(item);
    return item;
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
        if (title && this.textOf?.text) this.textOf.text.underlined = true;
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
    const item = this.containers.at(-1)?.item;
    if (item !== undefined) item.started = true;
  }

  private closeFrom(matched: number): void {
    this.endLeaf(matched < this.containers.length ? this.line - 1 : this.line);
    this.containers.length = matched;
  }

  private endLeaf(line: number): void {
    if (this.fence) this.fence.endLine = line;
    this.fence = undefined;
    this.html = undefined;
    this.textOf = undefined;
    this.paragraph.close();
  }
}
