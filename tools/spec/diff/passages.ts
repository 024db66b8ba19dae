import { countedLines, repairLine } from '../../text/index.ts';
import type { SpecIndex, SpecSection } from '../model.ts';

/** Lines of a file, from 1, inclusive. */
type Range = readonly [line: number, endLine: number];

/** A section with its own text, as a diff compares it. */
export class Passage {
  readonly section: SpecSection;
  readonly children: Passage[] = [];
  parent: Passage | undefined;
  /** What it became, or was: set by `Pairs`. */
  partner: Passage | undefined;
  /** Its own lines as a fingerprint counts them, the heading first. */
  readonly text: string;
  /** The lines of its file, double encoding repaired. */
  private readonly file: readonly string[];
  /** Its own: up to its first subsection, then what follows each fence that holds subsections. */
  private readonly ranges: readonly Range[];
  private words: string | undefined;

  constructor(section: SpecSection, file: readonly string[], ranges: readonly Range[]) {
    this.section = section;
    this.file = file;
    this.ranges = ranges;
    this.text = countedLines(this.ownLines()).text.join('\n');
  }

  /** {@link text} without the heading and the blank line after it. */
  get body(): string {
    const end = this.text.indexOf('\n');
    return end < 0 ? '' : this.text.slice(end).trimStart();
  }

  /** The title's words, lower case; a title that has none is itself. */
  get title(): string {
    const { title } = this.section;
    this.words ??=
      title
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(' ') ?? title;
    return this.words;
  }

  /** The lines of {@link text}, each with its place. */
  lines(): CountedLine[] {
    const places = this.ranges.flatMap(([line, endLine], stretch) =>
      Array.from({ length: endLine - line + 1 }, (_, at) => ({ line: line + at, stretch })),
    );
    const { text, at } = countedLines(this.ownLines());
    return text.map((counted, position) => ({ text: counted, ...places[at[position]!]! }));
  }

  private ownLines(): string[] {
    const [first, ...others] = this.ranges.map(([line, endLine]) => this.file.slice(line - 1, endLine));
    return first && others.length === 0 ? first : [first ?? [], ...others].flat();
  }
}

/** A line of a passage's text. */
export interface CountedLine {
  text: string;
  /** In the file, from 1. */
  line: number;
  /** Which range of the passage it stands in. */
  stretch: number;
}

/** The passages of a spec, in its order. Lines before the first heading belong to none. */
export function passagesOf(index: SpecIndex): Passage[] {
  const passages: Passage[] = [];
  for (const file of index.files) {
    const lines = file.lines.map((line) => repairLine(line)?.text ?? line);
    const own = rangesOf(index.sections.filter((section) => section.file === file.path));
    for (const [section, ranges] of own) passages[section.id] = new Passage(section, lines, ranges);
  }
  for (const passage of passages) {
    const { parent } = passage.section;
    if (parent === undefined) continue;
    passage.parent = passages[parent]!;
    passage.parent.children.push(passage);
  }
  return passages;
}

/** Each line belongs to the innermost section around it, also where that has subsections before it. */
function rangesOf(sections: readonly SpecSection[]): Map<SpecSection, Range[]> {
  const own = new Map<SpecSection, Range[]>();
  const open: SpecSection[] = [];
  let line = 1;
  /** Gives the lines up to `end` to whoever they belong to. */
  const give = (end: number): void => {
    for (let inner = open.at(-1); inner && line <= end; inner = open.at(-1)) {
      const last = Math.min(inner.endLine, end);
      if (last >= line) own.get(inner)!.push([line, last]);
      line = Math.max(line, last + 1);
      if (inner.endLine <= end) open.pop();
      else break;
    }
    line = end + 1;
  };
  for (const section of sections) {
    give(section.line - 1);
    while ((open.at(-1)?.endLine ?? section.line) < section.line) open.pop();
    open.push(section);
    own.set(section, []);
  }
  give(Math.max(0, ...open.map(({ endLine }) => endLine)));
  return own;
}
