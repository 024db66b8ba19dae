import type { SpecFile, SpecSection } from '../model.ts';

/** Lines of the spec; with `endFile` they end in a later file than they begin in. */
export interface Span {
  file: string;
  line: number;
  endLine: number;
  endFile?: string;
}

/** The part of a span that stands in one file. */
export interface Stretch {
  file: SpecFile;
  line: number;
  endLine: number;
}

/** A line of the spec. */
export interface Position {
  file: string;
  line: number;
}

export function spanTo({ file, line }: Position, last: Position): Span {
  return { file, line, endLine: last.line, ...(last.file !== file && { endFile: last.file }) };
}

/** The files of a spec in their order, read as one text: what one file begins, the next one goes on with. */
export class Pages {
  readonly files: readonly SpecFile[];
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(files: readonly SpecFile[]) {
    this.files = files;
    this.#ranks = new Map(files.map((file, rank) => [file.path, rank]));
  }

  file(path: string): SpecFile | undefined {
    return this.files[this.#rank(path)];
  }

  /** The line before this one; before the first line of a file, the last line of the nearest one with text. */
  before({ file, line }: Position): Position {
    const rank = this.#rank(file);
    if (line > (this.files[rank]?.bodyLine ?? 0)) return { file, line: line - 1 };
    return this.#endBefore(rank) ?? { file, line: line - 1 };
  }

  /** The line after this one; after the last line of a file, the first of the nearest one with text. */
  after({ file, line }: Position): Position {
    const rank = this.#rank(file);
    if (line < (this.files[rank]?.lines.length ?? 0)) return { file, line: line + 1 };
    const next = this.files.slice(rank + 1).find(({ lines, bodyLine }) => lines.length >= bodyLine);
    return next ? { file: next.path, line: next.bodyLine } : { file, line: line + 1 };
  }

  /** The last line of all. */
  end(): Position {
    return this.#endBefore(this.files.length) ?? { file: this.files[0]?.path ?? '', line: 0 };
  }

  /** The parts of a span, file by file, without the front matter of the files after the first. */
  stretches(span: Span): Stretch[] {
    const first = this.#rank(span.file);
    const last = this.#rank(span.endFile ?? span.file);
    return this.files.slice(Math.max(first, 0), last + 1).map((file, at) => ({
      file,
      line: at === 0 ? span.line : file.bodyLine,
      endLine: first + at === last ? span.endLine : file.lines.length,
    }));
  }

  /** Does a span, that begins before the line or at it, reach it? */
  reaches(span: Span, to: Position): boolean {
    const end = span.endFile ?? span.file;
    if (end === to.file) return to.line <= span.endLine;
    return this.#rank(to.file) < this.#rank(end);
  }

  /** The innermost section around a line, of sections in the order of the spec. */
  sectionAt(sections: readonly SpecSection[], at: Position): SpecSection | undefined {
    const file = this.file(at.file);
    if (!file || at.line < file.bodyLine) return undefined;
    let low = 0;
    let high = sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isAfter(sections[middle]!, at)) high = middle;
      else low = middle + 1;
    }
    let section = sections[low - 1];
    while (section && !this.reaches(section, at)) {
      section = section.parent === undefined ? undefined : sections[section.parent];
    }
    return section;
  }

  #rank(path: string): number {
    return this.#ranks.get(path) ?? -1;
  }

  #isAfter(a: Position, b: Position): boolean {
    return a.file === b.file ? a.line > b.line : this.#rank(a.file) > this.#rank(b.file);
  }

  #endBefore(rank: number): Position | undefined {
    for (let at = rank - 1; at >= 0; at--) {
      const { path, lines, bodyLine } = this.files[at]!;
      if (lines.length >= bodyLine) return { file: path, line: lines.length };
    }
    return undefined;
  }
}
