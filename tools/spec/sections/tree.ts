import type { Scan } from '../../markdown/index.ts';
import type { SpecFile, SpecSection } from '../model.ts';
import { type HeadingParts, parseHeading } from './headings.ts';
import type { Pages } from './pages.ts';
import { headingsOf } from './structure.ts';

/** A file with what its lines are; fences begin and end within it. */
export interface ScannedFile {
  file: SpecFile;
  scan: Scan;
}

/** A fence body, or the whole spec: headings nest within it. */
interface Body {
  container?: number;
  /** Last line of a fence body. */
  endLine: number;
  open: SpecSection[];
}

/**
 * The headings of all files as one tree: a file that begins with `## 7.6` goes on under the `# 7.` of the file
 * before it. Kind and authority are not yet known.
 */
export function sectionTree(pages: Pages, scanned: readonly ScannedFile[]): SpecSection[] {
  const sections: SpecSection[] = [];
  const spec: Body = { endLine: 0, open: [] };
  for (const one of scanned) addFile(sections, spec, one, pages);
  close(spec, 1, pages.end());
  return sections;
}

function addFile(sections: SpecSection[], spec: Body, { file, scan }: ScannedFile, pages: Pages): void {
  const ends = new Map(
    scan.fences.map((fence) => [fence.line, fence.closed ? fence.endLine - 1 : fence.endLine]),
  );
  const bodies = [spec];
  const started = new Set<number | undefined>();
  const leave = (): void => {
    const body = bodies.pop()!;
    close(body, 1, { file: file.path, line: body.endLine });
  };
  for (const heading of headingsOf(scan)) {
    const parts = parseHeading(heading.text);
    while (bodies.length > 1 && bodies.at(-1)!.endLine < heading.line) leave();
    const first = !started.has(heading.container);
    started.add(heading.container);
    if (heading.endLine === undefined && !isSection(heading.level, parts, first)) continue;
    if (bodies.at(-1)!.container !== heading.container) {
      const container = heading.container!;
      bodies.push({ container, endLine: ends.get(container) ?? file.lines.length, open: [] });
    }
    const body = bodies.at(-1)!;
    close(body, heading.level, pages.before({ file: file.path, line: heading.line }));
    const parent = innermost(bodies);
    const section: SpecSection = {
      id: sections.length,
      ...(parts.number !== undefined && { number: parts.number }),
      title: parts.title,
      tags: parts.tags,
      level: heading.level,
      file: file.path,
      line: heading.line,
      endLine: heading.line,
      ...(heading.container !== undefined && { container: heading.container }),
      ...(heading.hiddenBy !== undefined && { hiddenBy: heading.hiddenBy }),
      ...(parent && { parent: parent.id }),
      authority: 'UNKNOWN',
      placeAuthority: 'UNKNOWN',
      kind: parts.appendix ? 'appendix' : 'body',
      inPlace: true,
    };
    sections.push(section);
    body.open.push(section);
  }
  while (bodies.length > 1) leave();
}

/** Ends the open sections of this level and below it at their last line. */
function close(body: Body, level: number, last: { file: string; line: number }): void {
  while ((body.open.at(-1)?.level ?? 0) >= level) {
    const section = body.open.pop()!;
    section.endLine = last.line;
    if (last.file !== section.file) section.endFile = last.file;
  }
}

function innermost(bodies: readonly Body[]): SpecSection | undefined {
  for (let i = bodies.length - 1; i >= 0; i--) {
    const section = bodies[i]!.open.at(-1);
    if (section) return section;
  }
  return undefined;
}

// A converter fenced code so badly that `# comment` lines look like titles: a real one has a number or a tag.
function isSection(level: number, parts: HeadingParts, first: boolean): boolean {
  return level > 1 || first || parts.appendix || parts.number !== undefined || parts.tags.length > 0;
}
