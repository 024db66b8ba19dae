import type { Place } from '../findings/index.ts';
import { spanPlace } from '../text/index.ts';

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
