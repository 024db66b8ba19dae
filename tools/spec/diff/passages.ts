import { countedLines, repairLine } from '../../text/index.ts';
import { ownStretches } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';

/** Lines that stand together in a file, double encoding repaired. */
interface Stretch {
  file: string;
  line: number;
  lines: readonly string[];
}

/** A section with its own text, as a diff compares it. */
export class Passage {
  readonly section: SpecSection;
  readonly children: Passage[] = [];
  parent: Passage | undefined;
  /** What it became, or was: set by `Pairs`. */
  partner: Passage | undefined;
  /** Its own lines as a fingerprint counts them, the heading first. */
  readonly text: string;
  /** Its own: up to its first subsection, then what follows each fence that holds subsections. */
  private readonly stretches: readonly Stretch[];
  private words: string | undefined;

  constructor(section: SpecSection, stretches: readonly Stretch[]) {
    this.section = section;
    this.stretches = stretches;
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
    const places = this.stretches.flatMap(({ file, line, lines }, stretch) =>
      lines.map((_, at) => ({ file, line: line + at, stretch })),
    );
    const { text, at } = countedLines(this.ownLines());
    return text.map((counted, position) => ({ text: counted, ...places[at[position]!]! }));
  }

  private ownLines(): readonly string[] {
    const [first, ...others] = this.stretches;
    return first && others.length === 0 ? first.lines : this.stretches.flatMap(({ lines }) => lines);
  }
}

/** A line of a passage's text. */
export interface CountedLine {
  text: string;
  file: string;
  /** In the file, from 1. */
  line: number;
  /** Which stretch of the passage it stands in. */
  stretch: number;
}

/** The passages of a spec, in its order. Lines before the first heading belong to none. */
export function passagesOf(index: SpecIndex): Passage[] {
  const passages: Passage[] = [];
  const repaired = new Map(
    index.files.map(({ path, lines }) => [path, lines.map((line) => repairLine(line)?.text ?? line)]),
  );
  for (const section of index.sections) {
    const own = ownStretches(index, section).map(({ file: { path }, line, endLine }) => ({
      file: path,
      line,
      lines: repaired.get(path)!.slice(line - 1, endLine),
    }));
    passages.push(new Passage(section, own));
  }
  for (const passage of passages) {
    const { parent } = passage.section;
    if (parent === undefined) continue;
    passage.parent = passages[parent]!;
    passage.parent.children.push(passage);
  }
  return passages;
}
