import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';
import { type ListedItem, readItems } from './lists.ts';
import { nestsTooDeeply } from './slice.ts';

/** An item of a task list or of a numbered list. */
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
const BOX = /^\[([ xX]|[ \t]*(?:[^\w\s\]]{1,4})?[ \t]*|[ \t]*[xXvV][ \t]*)\](?:[ \t]+|$)/;
/** An item that is longer is no instruction to anybody; its ticks would be paired in quadratic time. */
const LONGEST = 5_000;
const CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;

/**
 * The items at the top of the lists in the lines `from`..`to`; what is nested in one belongs to its text. A line
 * with a box and no marker is an item too, of an unknown state: an item that vanished would be asked of nobody.
 * Undefined where they are nested deeper than a person can follow.
 */
export function readTasks(
  file: string,
  visible: readonly string[],
  from: number,
  to: number,
): TaskItem[] | undefined {
  if (nestsTooDeeply(visible, from, to)) return undefined;
  const tasks: TaskItem[] = [];
  let line = from;
  const loose = (until: number): void => {
    for (; line < until; line++) {
      const task = BOX.test(visible[line - 1]!.trimStart()) && readLoose(file, line, visible[line - 1]!);
      if (task) tasks.push(task);
    }
  };
  for (const item of readItems(visible, from, to)) {
    loose(item.line);
    line = Math.max(line, (item.text?.endLine ?? item.line) + 1);
    if (item.level === 0) tasks.push(readTask(file, visible, item));
  }
  loose(to + 1);
  return tasks;
}

function readTask(file: string, visible: readonly string[], item: ListedItem): TaskItem {
  // By position, never by parsed text: emphasis eats the stars of `FR-EVT-SESS-*`.
  const { line, column, endLine } = item.text ?? behindMarker(visible, item);
  const parts = visible.slice(line - 1, endLine);
  parts[0] = parts[0]!.slice(column - 1);
  const box = BOX.exec(parts[0]!);
  const offset = box?.[0].length ?? 0;
  parts[0] = parts[0]!.slice(offset);
  const text = parts.map((part) => part.trim()).join(' ');
  return {
    text,
    ...(item.checked === undefined ? {} : { checked: item.checked }),
    ...(box === null ? {} : boxOf(file, line, column, box[1]!)),
    codeSpans: codeSpans(text),
    place: {
      ...spanPlace(file, line, column + offset, 0),
      endLine,
      endColumn: Math.max(visible[endLine - 1]!.trimEnd().length + 1, endLine === line ? column + offset : 1),
    },
  };
}

/** An item that begins with something else than text: a heading, another list, or nothing. */
function behindMarker(
  visible: readonly string[],
  { line, column, marker }: ListedItem,
): NonNullable<ListedItem['text']> {
  const start = column - 1 + marker.length;
  const blanks = visible[line - 1]!.slice(start).search(/\S|$/);
  return { line, column: start + blanks + 1, endLine: line };
}

function readLoose(file: string, line: number, source: string): TaskItem | undefined {
  const indent = source.search(/\S|$/);
  const own = source.trim();
  const box = BOX.exec(own);
  if (indent > 3 || box === null) return undefined;
  const text = own.slice(box[0].length);
  return {
    text,
    ...boxOf(file, line, indent + 1, box[1]!),
    codeSpans: codeSpans(text),
    place: spanPlace(file, line, indent + box[0].length + 1, text.length),
  };
}

function boxOf(file: string, line: number, column: number, box: string): Pick<TaskItem, 'box' | 'boxPlace'> {
  return { box, boxPlace: spanPlace(file, line, column, box.length + 2) };
}

/** What stands between ticks, for whoever looks for a path or a command. */
function codeSpans(text: string): string[] {
  if (text.length > LONGEST) return [];
  return [...text.matchAll(CODE)].map((match) => match[2]!.trim());
}
