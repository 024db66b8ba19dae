import type { Place } from '../findings/index.ts';
import { type Field, type Heading, scan, visibleLines } from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';

/** A stretch of a document under one heading, up to the next heading of the same or a higher level. */
export interface Section {
  title: string;
  level: number;
  /** Line of the heading. */
  line: number;
  /** Last line, inclusive. */
  endLine: number;
  place: Place;
}

/** A governed Markdown file, opened: what every reader needs before it looks for its own fields. */
export interface Document {
  file: TextFile;
  path: string;
  /** The lines, fences and comments blanked. */
  visible: string[];
  sections: Section[];
}

/** `lines` are the file's own, or what is left of them where a reader has taken some out by blanking them. */
export function openDocument(file: TextFile, lines: readonly string[] = file.lines): Document {
  const { fences, headings } = scan(lines);
  const sections = sectionsOf(file, headings);
  return { file, path: file.path, visible: visibleLines(lines, fences), sections };
}

/** The first section whose title matches. */
export function findSection(document: Document, title: RegExp): Section | undefined {
  return document.sections.find((section) => title.test(section.title));
}

/** Every section whose title matches, but none that lies within another of them. */
export function findSections(document: Document, title: RegExp): Section[] {
  const found: Section[] = [];
  for (const section of document.sections) {
    if (title.test(section.title) && section.line > (found.at(-1)?.endLine ?? 0)) found.push(section);
  }
  return found;
}

/** `.GOV/task_packets/stubs/WP-1-Demo-v1.md` -> `WP-1-Demo-v1`; so does `WP-1-Demo-v1/packet.md`, the layout of June. */
export function stemOf(path: string): string {
  const [folder = '', name = ''] = path.split('/').slice(-2);
  if (name === 'packet.md' && folder.startsWith('WP-')) return folder;
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

/** The last line that belongs to a field: deeper ones, and the list right below a field that has no marker itself. */
export function endOfField(document: Document, field: Field): number {
  const { visible } = document;
  const bare = field.column === 1;
  let end = field.keyPlace.line;
  for (let next = end + 1; next <= visible.length; next++) {
    const text = visible[next - 1]!;
    const indent = text.search(/\S/);
    if (indent < 0) continue;
    if (bare ? indent === 0 && !/^[-*+]\s/.test(text) : indent < field.column - 1) break;
    end = next;
  }
  return end;
}

/** The object without its undefined properties: what is missing from a document is absent from its model. */
export function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Each heading ends those of its level and below: in one pass, since a hostile file has a hundred thousand. */
function sectionsOf(file: TextFile, headings: readonly Heading[]): Section[] {
  const open: Section[] = [];
  const sections = headings.map((heading): Section => {
    while (open.length > 0 && open.at(-1)!.level >= heading.level) open.pop()!.endLine = heading.line - 1;
    const { text: title, level, line } = heading;
    const section = { title, level, line, endLine: file.lines.length, place: headingPlace(file, heading) };
    open.push(section);
    return section;
  });
  return sections;
}

function headingPlace(file: TextFile, heading: Heading): Place {
  return spanPlace(file.path, heading.line, 1, file.lines[heading.line - 1]!.length);
}
