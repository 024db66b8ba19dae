import type { ListItem, Nodes } from 'mdast';
import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { nestsTooDeeply, parseSlice } from './slice.ts';

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

/** Nobody nests deeper; what does is read as if it stood on this level, so that no walk of the tree overflows. */
const DEEPEST = 50;

const MARKER = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(?:\[[ xX]\]\s+)?(\S.*)$/d;

/** The lists of the lines `from`..`to` (from 1, inclusive) as a tree. Takes {@link visibleLines}. */
export function readBullets(file: string, visible: readonly string[], from: number, to: number): Bullet[] {
  const roots: Bullet[] = [];
  const open: Bullet[] = [];
  for (let line = from; line <= to && line <= visible.length; line++) {
    const text = visible[line - 1]!;
    const match = MARKER.exec(text);
    if (match === null) {
      continueBullet(open, text, line);
      continue;
    }
    const column = match[1]!.length + 1;
    const own = match[4]!.trimEnd();
    while (open.length > 0 && open.at(-1)!.column >= column) open.pop();
    const bullet: Bullet = {
      text: own,
      place: spanPlace(file, line, match.indices![4]![0] + 1, own.length),
      endLine: line,
      column,
      children: [],
    };
    open.length = Math.min(open.length, DEEPEST - 1);
    (open.at(-1)?.children ?? roots).push(bullet);
    open.push(bullet);
  }
  return roots;
}

function continueBullet(open: Bullet[], text: string, line: number): void {
  const last = open.at(-1);
  if (last === undefined) return;
  const indent = text.search(/\S/);
  if (indent < 0) return;
  if (indent < last.column) {
    open.length = 0;
    return;
  }
  last.text += ` ${text.trim()}`;
  last.endLine = line;
}

/** Each bullet with all that stands below it, in the order of the file. */
export function* walkBullets(bullets: readonly Bullet[]): Generator<Bullet> {
  for (const bullet of bullets) {
    yield bullet;
    yield* walkBullets(bullet.children);
  }
}

/** An item of a task list or of a numbered list, as remark reads it. */
export interface TaskItem {
  text: string;
  /** Absent where there is no box: a numbered step. */
  checked?: boolean;
  codeSpans: string[];
  place: Place;
}

/**
 * The items at the top of the lists in the lines `from`..`to`; what is nested in one belongs to its text.
 * remark, because boxes, numbering and code spans follow CommonMark here and nowhere else. Undefined where
 * they are nested deeper than it can read.
 */
export function readTasks(
  file: string,
  visible: readonly string[],
  from: number,
  to: number,
): TaskItem[] | undefined {
  if (nestsTooDeeply(visible, from, to)) return undefined;
  const tasks: TaskItem[] = [];
  for (const node of parseSlice(visible, from, to).children) {
    if (node.type !== 'list') continue;
    for (const item of node.children) tasks.push(readTask(file, visible, from, item));
  }
  return tasks;
}

function readTask(file: string, visible: readonly string[], from: number, item: ListItem): TaskItem {
  // By position, never by the text of the nodes: emphasis eats the stars of `FR-EVT-SESS-*`.
  const first = (item.children[0] ?? item).position!;
  const line = first.start.line + from - 1;
  const endLine = first.end.line + from - 1;
  const box = /^\[[ xX]\]\s+/;
  const raw = visible.slice(line - 1, endLine).map((text, index, all) => {
    const end = index === all.length - 1 ? first.end.column - 1 : text.length;
    return text.slice(index === 0 ? first.start.column - 1 : 0, end);
  });
  const offset =
    item.checked === null || item.checked === undefined ? 0 : (box.exec(raw[0]!)?.[0].length ?? 0);
  raw[0] = raw[0]!.slice(offset);
  return {
    text: raw.map((text) => text.trim()).join(' '),
    ...(typeof item.checked === 'boolean' ? { checked: item.checked } : {}),
    codeSpans: codeSpans(item),
    place: {
      ...spanPlace(file, line, first.start.column + offset, 0),
      endLine,
      endColumn: first.end.column,
    },
  };
}

function codeSpans(node: Nodes): string[] {
  if (node.type === 'inlineCode') return [node.value];
  return 'children' in node ? node.children.flatMap(codeSpans) : [];
}
