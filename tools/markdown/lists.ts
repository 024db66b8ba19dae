import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { Walker } from './blocks.ts';
import type { WalkedItem } from './starts.ts';

/** A bullet or a numbered item, read line by line: for lists of plain sentences. */
export interface Bullet {
  /** Marker and box taken off, continuation lines joined by one blank. */
  text: string;
  /** The first line of the text. */
  place: Place;
  /** The last line that the text goes on to. */
  endLine: number;
  /** Column of the marker, from 1. */
  column: number;
  children: Bullet[];
}

const BOX = /^\[[ xX]\][ \t]+(?=\S)/;

/**
 * The lists of the lines `from`..`to` (from 1, inclusive) as a tree. Takes {@link visibleLines}; lines that are all
 * indented, as those below a field, are read as if they were not.
 */
export function readBullets(file: string, visible: readonly string[], from: number, to: number): Bullet[] {
  const last = Math.min(to, visible.length);
  const roots: Bullet[] = [];
  const open: Bullet[] = [];
  for (const item of walkItems(visible, from, last, commonIndent(visible, from, last))) {
    open.length = Math.min(open.length, item.depth);
    const bullet = bulletOf(file, visible, item);
    if (bullet === undefined) continue;
    (open.at(-1)?.children ?? roots).push(bullet);
    open.push(bullet);
  }
  return roots;
}

/** A list item as CommonMark sees it, with or without text. */
export interface ListedItem extends Omit<WalkedItem, 'started'> {
  /** Of a task list as GFM knows it. */
  checked?: boolean;
}

/** The list items of the lines `from`..`to`, flat, each with the number of items around it. */
export function readItems(lines: readonly string[], from = 1, to = lines.length): ListedItem[] {
  return walkItems(lines, from, to, 0).map(({ line, column, marker, depth, level, text }) => ({
    line,
    column,
    marker,
    depth,
    level,
    ...(text === undefined ? {} : { text, ...boxOf(lines, text) }),
  }));
}

function walkItems(lines: readonly string[], from: number, to: number, dedent: number): WalkedItem[] {
  const items: WalkedItem[] = [];
  new Walker({ lines, from, to, dedent, items }).run();
  return items;
}

/** GFM wants text behind a box, be it on the next line. */
function boxOf(lines: readonly string[], text: NonNullable<WalkedItem['text']>): { checked?: boolean } {
  const first = lines[text.line - 1]!.slice(text.column - 1);
  const mark = /^\[([ xX])\](?:[ \t]|$)/.exec(first)?.[1];
  // An underline makes a heading of it, which has no box.
  if (mark === undefined || text.underlined || (!/[^ \t]/.test(first.slice(3)) && text.endLine === text.line))
    return {};
  return { checked: mark === 'x' || mark === 'X' };
}

/** A bullet of an item with text; it goes on as long as its lines stand deeper than the marker. */
function bulletOf(
  file: string,
  visible: readonly string[],
  { text, column }: WalkedItem,
): Bullet | undefined {
  if (text === undefined) return undefined;
  const first = visible[text.line - 1]!;
  const box = BOX.exec(first.slice(text.column - 1))?.[0].length ?? 0;
  const start = text.column - 1 + box;
  const own = first.slice(start).trimEnd();
  const parts = [own];
  let endLine = text.line;
  while (endLine < text.endLine) {
    const next = visible[endLine]!;
    if (next.search(/\S/) < column) break;
    parts.push(next.trim());
    endLine += 1;
  }
  const place = spanPlace(file, text.line, start + 1, own.length);
  return { text: parts.join(' '), place, endLine, column, children: [] };
}

function commonIndent(lines: readonly string[], from: number, to: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let line = from; line <= to && least > 0; line++) {
    const text = lines[line - 1]!;
    let columns = 0;
    let at = 0;
    for (; text[at] === ' ' || text[at] === '\t'; at++) columns += text[at] === ' ' ? 1 : 4 - (columns % 4);
    if (at < text.length) least = Math.min(least, columns);
  }
  return Number.isFinite(least) ? least : 0;
}

/** Each bullet with all that stands below it, in the order of the file. */
export function* walkBullets(bullets: readonly Bullet[]): Generator<Bullet> {
  for (const bullet of bullets) {
    yield bullet;
    yield* walkBullets(bullet.children);
  }
}
