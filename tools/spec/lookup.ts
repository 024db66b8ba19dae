import { fingerprint, repairLine } from '../text/index.ts';
import type { SpecIndex, SpecSection } from './model.ts';
import { isPrefix, NUMBER, stripTags } from './sections/headings.ts';
import { Pages, type Position, type Span, type Stretch, spanTo } from './sections/pages.ts';

/** `**Addendum: 2.4 ViewMode**`: a bold paragraph with a number of its own. */
export interface AddendumParagraph {
  number: string;
  title: string;
  file: string;
  line: number;
  endLine: number;
  /** The file that `endLine` is a line of, where it ends in a later one. */
  endFile?: string;
  section?: SpecSection;
}

interface Lookup {
  byNumber: Map<string, SpecSection[]>;
  pages: Pages;
  /** The direct subsections, by the id of the section. */
  children: SpecSection[][];
  fingerprints: Map<number, string>;
  addenda?: AddendumParagraph[];
}

const lookups = new WeakMap<SpecIndex, Lookup>();

function lookupOf(index: SpecIndex): Lookup {
  let lookup = lookups.get(index);
  if (!lookup) {
    const byNumber = new Map<string, SpecSection[]>();
    const children = index.sections.map((): SpecSection[] => []);
    for (const section of index.sections) {
      if (section.parent !== undefined) children[section.parent]!.push(section);
      if (section.number === undefined) continue;
      const same = byNumber.get(section.number);
      if (same) same.push(section);
      else byNumber.set(section.number, [section]);
    }
    lookup = { byNumber, pages: new Pages(index.files), children, fingerprints: new Map() };
    lookups.set(index, lookup);
  }
  return lookup;
}

/** Every section with the number, in the order of the spec. */
export function sectionsByNumber(index: SpecIndex, number: string): readonly SpecSection[] {
  return lookupOf(index).byNumber.get(number) ?? [];
}

/** Sections physically inside a section whose number extends its number. */
export function descendantsOf(index: SpecIndex, section: SpecSection): SpecSection[] {
  const { pages } = lookupOf(index);
  const number = section.number;
  const found: SpecSection[] = [];
  for (let id = section.id + 1; id < index.sections.length; id++) {
    const next = index.sections[id]!;
    if (!pages.reaches(section, next)) break;
    if (number === undefined || (next.number !== undefined && isPrefix(number, next.number)))
      found.push(next);
  }
  return found;
}

/** From the physical parent outwards. */
export function ancestors(sections: readonly SpecSection[], section: SpecSection): SpecSection[] {
  const found: SpecSection[] = [];
  for (let id = section.parent; id !== undefined; ) {
    const parent: SpecSection = sections[id]!;
    found.push(parent);
    id = parent.parent;
  }
  return found;
}

/** Is the section the other one, or does it stand in it? */
export function isWithin(index: SpecIndex, section: SpecSection, other: SpecSection): boolean {
  return section.id === other.id || ancestors(index.sections, section).some(({ id }) => id === other.id);
}

/** Where a section stands, file by file: one stretch, but for a section that several files make up. */
export function stretchesOf(index: SpecIndex, span: Span): Stretch[] {
  return lookupOf(index).pages.stretches(span);
}

/** The section's lines, its heading and its subsections included, without the front matter of further files. */
export function sectionLines(index: SpecIndex, section: SpecSection): string[] {
  return linesOf(index, section);
}

/**
 * Where a section's own text stands: from its heading to its first subsection, and what follows a template fence
 * that holds subsections. Each line of the spec is some section's own, but for those before the first heading.
 */
export function ownStretches(index: SpecIndex, section: SpecSection): Stretch[] {
  const { pages, children } = lookupOf(index);
  const found: Stretch[] = [];
  let from: Position = section;
  const upTo = (last: Position): void => {
    for (const stretch of pages.stretches(spanTo(from, last)))
      if (stretch.line <= stretch.endLine) found.push(stretch);
  };
  for (const child of children[section.id]!) {
    upTo(pages.before(child));
    from = pages.after(endOf(child));
  }
  upTo(endOf(section));
  return found;
}

/** The lines of {@link ownStretches}. */
export function ownLines(index: SpecIndex, section: SpecSection): string[] {
  return ownStretches(index, section).flatMap(({ file, line, endLine }) =>
    file.lines.slice(line - 1, endLine),
  );
}

/** Fingerprint of {@link ownLines}: does not change with a subsection. */
export function ownFingerprintOf(index: SpecIndex, section: SpecSection): string {
  return fingerprintOfLines(ownLines(index, section));
}

/** Fingerprint of {@link sectionLines}, double encoding repaired. */
export function fingerprintOf(index: SpecIndex, section: SpecSection): string {
  const { fingerprints } = lookupOf(index);
  let print = fingerprints.get(section.id);
  if (print === undefined) {
    print = fingerprintOfLines(sectionLines(index, section));
    fingerprints.set(section.id, print);
  }
  return print;
}

export function fingerprintOfLines(lines: readonly string[]): string {
  return fingerprint(lines.map((line) => repairLine(line)?.text ?? line));
}

export function linesOf(index: SpecIndex, span: Span): string[] {
  return stretchesOf(index, span).flatMap(({ file, line, endLine }) => file.lines.slice(line - 1, endLine));
}

const ADDENDUM = new RegExp(String.raw`^\*\*Addendum:\s*(${NUMBER})\.?\s*(.*?)\*\*`);

/** All addendum paragraphs; each ends before the next one or with its section. */
export function addenda(index: SpecIndex): readonly AddendumParagraph[] {
  const lookup = lookupOf(index);
  lookup.addenda ??= findAddenda(index, lookup.pages);
  return lookup.addenda;
}

function findAddenda(index: SpecIndex, pages: Pages): AddendumParagraph[] {
  const starts = index.files.flatMap(({ path: file, lines, bodyLine }) =>
    lines.flatMap((text, at) => {
      const line = at + 1;
      const match = line >= bodyLine && text.startsWith('**Addendum:') ? ADDENDUM.exec(text) : null;
      if (!match) return [];
      const section = sectionAt(index, file, line);
      const last = section ? ownEnd(index, section) : { file, line: lines.length };
      return [{ number: match[1]!, title: stripTags(match[2]!).rest, file, line, last, section }];
    }),
  );
  return starts.map(({ number, title, file, line, last, section }, at) => {
    const span = spanTo({ file, line }, last);
    const next = starts[at + 1];
    return {
      number,
      title,
      ...(next && pages.reaches(span, next) ? spanTo(span, pages.before(next)) : span),
      ...(section && { section }),
    };
  });
}

/** The innermost section around a line. */
export function sectionAt(index: SpecIndex, file: string, line: number): SpecSection | undefined {
  return lookupOf(index).pages.sectionAt(index.sections, { file, line });
}

// Up to the first subsection.
function ownEnd(index: SpecIndex, section: SpecSection): Position {
  const { pages, children } = lookupOf(index);
  const [child] = children[section.id]!;
  return child ? pages.before(child) : endOf(section);
}

function endOf({ file, endFile, endLine }: SpecSection): Position {
  return { file: endFile ?? file, line: endLine };
}
