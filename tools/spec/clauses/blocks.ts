/** A paragraph or a list item without what is nested in it. Lines count from 1. */
export interface TextBlock {
  line: number;
  endLine: number;
  /** Columns before it; of an item before its marker. */
  indent: number;
  item: boolean;
  /** Its lines, markers and indentation taken off. */
  texts: { line: number; text: string }[];
}

const ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s+(.*)$/;
const NO_TEXT = /^\s*(?:\||-{3,}\s*$|\*{3,}\s*$|<!--|#{1,6}\s)/;

/** The paragraphs and items among the lines `from` to `to`; `skip` tells the lines that hold no prose. */
export function textBlocks(
  lines: readonly string[],
  from: number,
  to: number,
  skip: (line: number) => boolean,
): TextBlock[] {
  const blocks: TextBlock[] = [];
  let open: TextBlock | undefined;
  for (let line = from; line <= to; line++) {
    const raw = lines[line - 1] ?? '';
    const text = raw.includes('>') ? raw.replace(/^\s*>\s?/, '') : raw;
    if (skip(line) || text.trim() === '' || NO_TEXT.test(text)) {
      open = undefined;
      continue;
    }
    const item = ITEM.exec(text);
    if (open && !item) {
      open.texts.push({ line, text: text.trim() });
      open.endLine = line;
      continue;
    }
    open = {
      line,
      endLine: line,
      indent: item ? item[1]!.length : text.length - text.trimStart().length,
      item: item !== null,
      texts: [{ line, text: (item?.[2] ?? text).trim() }],
    };
    blocks.push(open);
  }
  return blocks;
}

/**
 * What a block announces with a colon: the items nested in it, or the list behind it. The last line of that.
 * A blank line behind items that had none between them begins another list.
 */
export function announcedEnd(blocks: readonly TextBlock[], at: number): number {
  const own = blocks[at]!;
  let end = own.endLine;
  let tight = false;
  for (let next = at + 1; next < blocks.length; next++) {
    const block = blocks[next]!;
    const belongs = own.item ? block.indent > own.indent : block.item || block.indent > own.indent;
    const blank = block.line > end + 1;
    if (!belongs || block.line > end + 2 || (blank && tight)) break;
    tight = next > at + 1 && !blank;
    end = block.endLine;
  }
  return end;
}

export interface Sentence {
  text: string;
  line: number;
  endLine: number;
  /** It ends the block, and with a colon. */
  announces: boolean;
}

const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|incl|approx|min|max|no|sec)\.$/i;
/** More than the longest abbreviation and what stands before it. */
const LONGEST = 12;

/** A block in its sentences. A full stop ends one where a new one can begin behind it. */
export function sentencesOf(block: TextBlock): Sentence[] {
  const text = block.texts.map((part) => part.text).join(' ');
  const ends: number[] = [];
  for (const match of text.matchAll(/[.!?]["')\]`*]*\s+(?=["'([`*]*[A-Z0-9§])/g)) {
    const end = match.index + match[0].trimEnd().length;
    if (!ABBREVIATION.test(text.slice(Math.max(0, match.index - LONGEST), match.index + 1))) ends.push(end);
  }
  ends.push(text.length);
  const sentences: Sentence[] = [];
  const lineAt = lineCursor(block);
  let start = 0;
  for (const end of ends) {
    const raw = text.slice(start, end);
    const from = start + raw.length - raw.trimStart().length;
    if (raw.trim() !== '') {
      sentences.push({
        text: raw.trim(),
        line: lineAt(from),
        endLine: lineAt(end - 1),
        announces: end === text.length && /:["')\]`*]*$/.test(raw.trim()),
      });
    }
    start = end;
  }
  return sentences;
}

/** The lines of offsets that come in order: each line is passed once. */
function lineCursor({ texts, endLine }: TextBlock): (offset: number) => number {
  let at = 0;
  let start = 0;
  return (offset) => {
    while (at < texts.length && offset > start + texts[at]!.text.length)
      start += texts[at++]!.text.length + 1;
    return texts[at]?.line ?? endLine;
  };
}
