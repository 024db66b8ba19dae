import { compareText } from '../../findings/index.ts';
import type { Sources } from '../data/page.ts';
import type { SourcePlace } from './places.ts';
import { LONGEST_LINE, shortened } from './shortened.ts';

/** How much of a file stands around a place. */
interface Room {
  above: number;
  below: number;
  /** The most lines of the place itself. */
  own: number;
  /** The longest line. */
  line: number;
}

/** The first that fits is taken. */
const ROOMS: readonly Room[] = [
  { above: 5, below: 8, own: 40, line: LONGEST_LINE },
  { above: 2, below: 3, own: 20, line: LONGEST_LINE },
  { above: 1, below: 1, own: 6, line: LONGEST_LINE },
  { above: 0, below: 0, own: 1, line: LONGEST_LINE },
  { above: 0, below: 0, own: 1, line: 80 },
];

/** The most bytes of all lines together, so that the page stays one that can be mailed. */
export const SOURCE_BYTES = 8 * 1024 * 1024;

/**
 * The lines around places, merged into pieces: by file, then by line. Where all of it would be larger than `most`,
 * less stands around each place, and every file says so (`scarce`); no place is ever left out for its size. A file
 * that `texts` does not have has no piece, and neither has a line that its file does not have.
 */
export function sourcesOf(
  places: Iterable<SourcePlace>,
  texts: ReadonlyMap<string, readonly string[]>,
  most = SOURCE_BYTES,
): Sources {
  const byFile = new Map<string, SourcePlace[]>();
  for (const place of places) {
    const same = byFile.get(place.file);
    if (same !== undefined) same.push(place);
    else if (texts.has(place.file)) byFile.set(place.file, [place]);
  }
  const files = [...byFile].sort(([a], [b]) => compareText(a, b));
  for (const room of ROOMS) {
    const spans = files.map(([file, own]) => [file, spansOf(own, texts.get(file)!.length, room)] as const);
    const last = room === ROOMS.at(-1);
    if (last || bytesOf(spans, texts, room) <= most) return cut(spans, texts, room);
  }
  throw new Error('there is always a last room');
}

interface Span {
  from: number;
  to: number;
}

/** Lines that overlap or touch are one piece. */
function spansOf(places: readonly SourcePlace[], lines: number, room: Room): Span[] {
  const wanted = places
    .filter(({ line }) => line >= 1 && line <= lines)
    .map(({ line, endLine = line }) => ({
      from: Math.max(1, line - room.above),
      to: Math.min(lines, Math.min(Math.max(line, endLine), line + room.own - 1) + room.below),
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  const spans: Span[] = [];
  for (const span of wanted) {
    const before = spans.at(-1);
    if (before !== undefined && span.from <= before.to + 1) before.to = Math.max(before.to, span.to);
    else spans.push({ ...span });
  }
  return spans;
}

type Spans = readonly (readonly [file: string, spans: readonly Span[]])[];

function bytesOf(files: Spans, texts: ReadonlyMap<string, readonly string[]>, room: Room): number {
  let bytes = 0;
  for (const [file, spans] of files) {
    const lines = texts.get(file)!;
    for (const { from, to } of spans)
      for (let at = from; at <= to; at++)
        bytes += Buffer.byteLength(shortened(lines[at - 1]!, room.line)) + 3;
  }
  return bytes;
}

function cut(files: Spans, texts: ReadonlyMap<string, readonly string[]>, room: Room): Sources {
  return Object.fromEntries(
    files.flatMap(([file, spans]) => {
      if (spans.length === 0) return [];
      const lines = texts.get(file)!;
      const pieces = spans.map(({ from, to }) => ({
        from,
        text: lines.slice(from - 1, to).map((line) => shortened(line, room.line)),
      }));
      return [[file, { lines: lines.length, pieces, ...(room !== ROOMS[0] && { scarce: true as const }) }]];
    }),
  );
}
