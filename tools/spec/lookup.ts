import { fingerprint, repairLine } from '../text/index.ts';
import { isPrefix, NUMBER, stripTags } from './headings.ts';
import type { SpecFile, SpecIndex, SpecSection } from './model.ts';

/** `**Addendum: 2.4 ViewMode**`: a bold paragraph with a number of its own. */
export interface AddendumParagraph {
  number: string;
  title: string;
  file: string;
  line: number;
  endLine: number;
  section?: SpecSection;
}

interface Lookup {
  byNumber: Map<string, SpecSection[]>;
  files: Map<string, SpecFile>;
  fingerprints: Map<number, string>;
  /** The sections of each file, by line. */
  starts: Map<string, SpecSection[]>;
  addenda?: AddendumParagraph[];
}

const lookups = new WeakMap<SpecIndex, Lookup>();

function lookupOf(index: SpecIndex): Lookup {
  let lookup = lookups.get(index);
  if (!lookup) {
    const byNumber = new Map<string, SpecSection[]>();
    const starts = new Map<string, SpecSection[]>(index.files.map((file) => [file.path, []]));
    for (const section of index.sections) {
      starts.get(section.file)?.push(section);
      if (section.number === undefined) continue;
      const same = byNumber.get(section.number);
      if (same) same.push(section);
      else byNumber.set(section.number, [section]);
    }
    const files = new Map(index.files.map((file) => [file.path, file]));
    lookup = { byNumber, files, fingerprints: new Map(), starts };
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
  const number = section.number;
  const found: SpecSection[] = [];
  for (let id = section.id + 1; id < index.sections.length; id++) {
    const next = index.sections[id]!;
    if (next.file !== section.file || next.line > section.endLine) break;
    if (number === undefined || (next.number !== undefined && isPrefix(number, next.number)))
      found.push(next);
  }
  return found;
}

/** The section's lines, its heading and its subsections included. */
export function sectionLines(index: SpecIndex, section: SpecSection): string[] {
  return linesOf(index, section.file, section.line, section.endLine);
}

/** The section's own lines: from its heading to its first subsection. */
export function ownLines(index: SpecIndex, section: SpecSection): string[] {
  return linesOf(index, section.file, section.line, ownEnd(index, section));
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

export function linesOf(index: SpecIndex, file: string, line: number, endLine: number): string[] {
  return (
    lookupOf(index)
      .files.get(file)
      ?.lines.slice(line - 1, endLine) ?? []
  );
}

const ADDENDUM = new RegExp(String.raw`^\*\*Addendum:\s*(${NUMBER})\.?\s*(.*?)\*\*`);

/** All addendum paragraphs; each ends before the next one or with its section. */
export function addenda(index: SpecIndex): readonly AddendumParagraph[] {
  const lookup = lookupOf(index);
  lookup.addenda ??= index.files.flatMap((file) => {
    const found: AddendumParagraph[] = [];
    file.lines.forEach((text, at) => {
      const match = text.startsWith('**Addendum:') ? ADDENDUM.exec(text) : null;
      if (!match) return;
      const line = at + 1;
      const section = sectionAt(index, file.path, line);
      const previous = found.at(-1);
      if (previous && previous.endLine >= line) previous.endLine = at;
      found.push({
        number: match[1]!,
        title: stripTags(match[2]!).rest,
        file: file.path,
        line,
        endLine: section ? ownEnd(index, section) : file.lines.length,
        ...(section && { section }),
      });
    });
    return found;
  });
  return lookup.addenda;
}

/** The innermost section around a line. */
export function sectionAt(index: SpecIndex, file: string, line: number): SpecSection | undefined {
  const { sections } = index;
  const before = lookupOf(index).starts.get(file) ?? [];
  let [low, high] = [0, before.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before[middle]!.line <= line) low = middle + 1;
    else high = middle;
  }
  let found = before[low - 1];
  while (found && found.endLine < line)
    found = found.parent === undefined ? undefined : sections[found.parent];
  return found;
}

// Up to the first subsection.
function ownEnd(index: SpecIndex, section: SpecSection): number {
  const child = index.sections[section.id + 1];
  return child?.parent === section.id ? child.line - 1 : section.endLine;
}
