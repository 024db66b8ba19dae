import type { ListItem, Nodes, Paragraph } from 'mdast';
import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { nestsTooDeeply, parseSlice } from './slice.ts';

/** An item of a task list or of a numbered list, as remark reads it. */
export interface TaskItem {
  text: string;
  /** Absent where there is no box (a numbered step), and where a box says neither yes nor no. */
  checked?: boolean;
  /** What is between the brackets: a blank, `x`, or one of the odd ones (`~`, a tick, nothing). */
  box?: string;
  /** Where the brackets are, both included. */
  boxPlace?: Place;
  codeSpans: string[];
  place: Place;
}

/** A box as people write it. GFM knows the first two kinds; a digit makes a reference, and a word a link. */
const BOX = /^\[([ xX]|\s*(?:[^\w\s\]]{1,4})?\s*|\s*[xXvV]\s*)\](?:\s+|$)/;

const KNOWN_BOX = /\[([ \txX])\][ \t]*$/;

/**
 * The items at the top of the lists in the lines `from`..`to`; what is nested in one belongs to its text. A line
 * with a box and no marker is an item too, of an unknown state: an item that vanished would be asked of nobody.
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
    if (node.type === 'paragraph') tasks.push(...readLoose(file, visible, from, node));
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
  const raw = visible.slice(line - 1, endLine).map((text, index, all) => {
    const end = index === all.length - 1 ? first.end.column - 1 : text.length;
    return text.slice(index === 0 ? first.start.column - 1 : 0, end);
  });
  // GFM takes the boxes that it knows off the paragraph; the odd ones are left in it.
  const known = typeof item.checked === 'boolean';
  const box = known ? KNOWN_BOX.exec(visible[line - 1]!.slice(0, first.start.column - 1)) : BOX.exec(raw[0]!);
  const offset = known ? 0 : (box?.[0].length ?? 0);
  const column = known ? (box?.index ?? 0) + 1 : first.start.column;
  raw[0] = raw[0]!.slice(offset);
  return {
    text: raw.map((text) => text.trim()).join(' '),
    ...(known ? { checked: item.checked === true } : {}),
    ...(box === null ? {} : boxOf(file, line, column, box[1]!)),
    codeSpans: codeSpans(item),
    place: {
      ...spanPlace(file, line, first.start.column + offset, 0),
      endLine,
      endColumn: first.end.column,
    },
  };
}

/** The lines of a paragraph that begin with a box. */
function readLoose(file: string, visible: readonly string[], from: number, node: Paragraph): TaskItem[] {
  const tasks: TaskItem[] = [];
  const { start, end } = node.position!;
  for (let line = start.line + from - 1; line <= end.line + from - 1; line++) {
    const indent = visible[line - 1]!.search(/\S|$/);
    const raw = visible[line - 1]!.trim();
    const box = BOX.exec(raw);
    if (box === null) continue;
    const text = raw.slice(box[0].length);
    tasks.push({
      text,
      ...boxOf(file, line, indent + 1, box[1]!),
      codeSpans: [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
      place: spanPlace(file, line, indent + box[0].length + 1, text.length),
    });
  }
  return tasks;
}

function boxOf(file: string, line: number, column: number, box: string): Pick<TaskItem, 'box' | 'boxPlace'> {
  return { box, boxPlace: spanPlace(file, line, column, box.length + 2) };
}

function codeSpans(node: Nodes): string[] {
  if (node.type === 'inlineCode') return [node.value];
  return 'children' in node ? node.children.flatMap(codeSpans) : [];
}
