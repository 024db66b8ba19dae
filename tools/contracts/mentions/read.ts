import { compareText } from '../../findings/index.ts';
import { type CodeBlock, type SpecFile, type SpecIndex, sectionAt } from '../../spec/index.ts';
import type { EventMention } from '../ir.ts';
import { isSecondary } from '../secondary.ts';
import { fieldsOfAll } from './fields.ts';
import { readHeading, readLine, type Said } from './line.ts';
import { type EventRows, readEventTable } from './table.ts';

/** `| v02.135 |`: a row of a history tells what was changed, not what holds. */
const HISTORY_ROW = /^\|\s*\**v?\d+(?:\.\d+)+\**\s*\|/;
const HISTORY = /\b(?:change ?log|version history|revision history)\b/i;
const DEFINES = /^\s*FR-EVT-[A-Z0-9-]+:\s*$/;
const TYPESCRIPT = /^(?:ts|typescript)$/;

/**
 * Every place that names an event and is not the block that defines it: rows of event tables, lists, anchors,
 * pseudo-code and prose. The roadmap and histories name events, and say nothing about them. By id, then in the
 * order of the spec. One pass, which looks only at lines that have an id.
 */
export function readMentions(index: SpecIndex): EventMention[] {
  const mentions = index.files.flatMap((file) => new FileReader(index, file).read());
  const order = new Map(mentions.map((mention, at) => [mention, at]));
  return mentions.sort((a, b) => compareText(a.frId, b.frId) || order.get(a)! - order.get(b)!);
}

class FileReader {
  private readonly mentions: EventMention[] = [];
  private readonly index: SpecIndex;
  private readonly file: SpecFile;
  private readonly blocks: CodeBlock[];
  private block = 0;
  /** The list of events that is being read: its first mention, and its last line (from 0). */
  private list: { first: number; to: number } | undefined;
  private table: { from: number; to: number; rows: EventRows | undefined } | undefined;

  constructor(index: SpecIndex, file: SpecFile) {
    this.index = index;
    this.file = file;
    this.blocks = index.blocks
      .filter(({ file: path, lang }) => path === file.path && lang !== 'md' && lang !== 'markdown')
      .sort((a, b) => a.line - b.line);
  }

  read(): EventMention[] {
    const { lines, bodyLine } = this.file;
    for (let at = bodyLine - 1; at < lines.length; at++) if (lines[at]!.includes('FR-EVT-')) this.line(at);
    this.closeList();
    return this.mentions;
  }

  private line(at: number): void {
    const text = this.file.lines[at]!;
    if (HISTORY_ROW.test(text)) return;
    const block = this.blockAt(at + 1);
    if (block && (DEFINES.test(text) || (TYPESCRIPT.test(block.lang) && !/\[[^\]]*["']FR-EVT-/.test(text))))
      return;
    const section = sectionAt(this.index, this.file.path, at + 1);
    if (section?.kind === 'roadmap' || HISTORY.test(section?.title ?? '')) return;
    const said = block ? readLine(this.file.lines, at) : this.prose(at);
    if (this.list && this.list.to < at - 1) this.closeList();
    const first = this.list?.first ?? this.mentions.length;
    for (const word of said) this.add(word, at);
    if (said.some(({ form }) => form === 'list')) this.list = { first, to: at };
  }

  private add(word: Said, at: number): void {
    const section = sectionAt(this.index, this.file.path, at + 1);
    this.mentions.push({
      ...word,
      section: section?.number ?? '',
      archived: isSecondary(section, this.index),
      evidence: [
        {
          file: this.file.path,
          line: at + 1,
          dialect: word.form === 'table' ? 'event-table' : 'prose',
          confidence: 'stated',
        },
      ],
    });
  }

  /** What the paragraph below a list says of all events in it. */
  private closeList(): void {
    const { list } = this;
    this.list = undefined;
    if (list === undefined) return;
    const { lines } = this.file;
    const at = lines[list.to + 1]?.trim() === '' ? list.to + 2 : list.to + 1;
    const fields = fieldsOfAll(lines[at] ?? '');
    if (fields === undefined) return;
    const listed = this.mentions.slice(list.first).filter(({ form }) => form === 'list');
    for (const { frId } of listed) this.add({ frId, form: 'emit', fields }, at);
  }

  private prose(at: number): Said[] {
    const text = this.file.lines[at]!;
    if (/^ {0,3}#{1,6}\s/.test(text)) return readHeading(text);
    const row = text.startsWith('|') ? this.tableAt(at)?.get(at + 1) : undefined;
    return row ? [row] : readLine(this.file.lines, at);
  }

  /** The rows of the table around a line; read once. */
  private tableAt(at: number): EventRows | undefined {
    if (this.table === undefined || at > this.table.to) {
      const { lines } = this.file;
      let from = at;
      let to = at;
      while (from > 0 && lines[from - 1]!.startsWith('|')) from--;
      while (to + 1 < lines.length && lines[to + 1]!.startsWith('|')) to++;
      this.table = { from, to, rows: readEventTable(this.file.path, lines, from + 1, to + 1) };
    }
    return this.table.rows;
  }

  /** The innermost block around a line; lines come in order. */
  private blockAt(line: number): CodeBlock | undefined {
    while (this.block < this.blocks.length && this.blocks[this.block]!.endLine < line) this.block++;
    const block = this.blocks[this.block];
    return block && block.line <= line ? block : undefined;
  }
}
