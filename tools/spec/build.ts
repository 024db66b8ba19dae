import { type Scan, type ScanOptions, scan } from '../markdown/index.ts';
import { sha256 } from '../text/index.ts';
import { blocksOf } from './code-blocks.ts';
import { type HeadingParts, isPrefix, parseHeading } from './headings.ts';
import { authorityOf, matrixRows } from './matrix.ts';
import type { MatrixRow, SpecFile, SpecIndex, SpecSection } from './model.ts';
import { headingsOf, structureFindings } from './structure.ts';

/** Reads the spec's files, in their order, into sections with their places and authority. Pure. */
export function buildIndex(
  source: string,
  files: readonly SpecFile[],
  options: ScanOptions = { repair: true, recurse: true },
): SpecIndex {
  const sections: SpecSection[] = [];
  const scans = files.map((file) => {
    const found = scan(file.lines, options);
    addSections(sections, file, found);
    return { file, scan: found };
  });
  const matrix = findMatrix(sections, files);
  place(sections, matrix);
  return {
    source,
    files: [...files],
    version: versionOf(source, files),
    sha256: overAll(files.map((file) => file.sha256)),
    digest: overAll(files.map((file) => file.digest)),
    sections,
    blocks: scans.flatMap(({ file, scan: found }) => blocksOf(file, found, sections)),
    findings: scans.flatMap(({ file, scan: found }) => structureFindings(file, found, sections)),
    matrix,
  };
}

function overAll(hashes: readonly string[]): string {
  return hashes.length === 1 ? hashes[0]! : sha256(hashes.join('\n'));
}

/** A fence body, or the file itself: headings nest within it. */
interface Body {
  container: number | undefined;
  endLine: number;
  open: SpecSection[];
}

function addSections(sections: SpecSection[], file: SpecFile, found: Scan): void {
  const ends = new Map(
    found.fences.map((fence) => [fence.line, fence.closed ? fence.endLine - 1 : fence.endLine]),
  );
  const bodies: Body[] = [{ container: undefined, endLine: file.lines.length, open: [] }];
  const started = new Set<number | undefined>();
  const close = (body: Body, level: number, line: number): void => {
    while ((body.open.at(-1)?.level ?? 0) >= level) body.open.pop()!.endLine = line - 1;
  };
  const leave = (): void => {
    const body = bodies.pop()!;
    close(body, 1, body.endLine + 1);
  };
  for (const heading of headingsOf(found)) {
    const parts = parseHeading(heading.text);
    while (bodies.length > 1 && bodies.at(-1)!.endLine < heading.line) leave();
    const first = !started.has(heading.container);
    started.add(heading.container);
    if (heading.endLine === undefined && !isSection(heading.level, parts, first)) continue;
    if (bodies.at(-1)!.container !== heading.container) {
      bodies.push({
        container: heading.container,
        endLine: ends.get(heading.container ?? 0) ?? file.lines.length,
        open: [],
      });
    }
    const body = bodies.at(-1)!;
    close(body, heading.level, heading.line);
    const parent = innermost(bodies);
    const section: SpecSection = {
      id: sections.length,
      ...(parts.number !== undefined && { number: parts.number }),
      title: parts.title,
      tags: parts.tags,
      level: heading.level,
      file: file.path,
      line: heading.line,
      endLine: body.endLine,
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
  while (bodies.length > 0) leave();
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

function findMatrix(sections: readonly SpecSection[], files: readonly SpecFile[]): MatrixRow[] {
  for (const section of sections) {
    if (section.container !== undefined || !/\bcoverage matrix\b/i.test(section.title)) continue;
    const file = files.find((candidate) => candidate.path === section.file);
    const rows = file ? matrixRows(file, section.line, section.endLine) : [];
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Kind, authority and whether number and place agree: all need the whole tree. */
function place(sections: readonly SpecSection[], matrix: readonly MatrixRow[]): void {
  const rows = new Map(matrix.map((row) => [row.number, row]));
  let backMatter: string | undefined;
  for (const section of sections) {
    const parent = section.parent === undefined ? undefined : sections[section.parent];
    if (section.container === undefined) {
      // An appendix at chapter level begins the back matter, whose own chapters restart their numbers.
      if (section.level <= 2 && section.kind === 'appendix') backMatter = section.file;
      else if (section.level === 1 || section.file !== backMatter) backMatter = undefined;
    }
    if (backMatter !== undefined || parent?.kind === 'appendix') section.kind = 'appendix';
    else if (parent?.kind === 'roadmap' || isRoadmap(section)) section.kind = 'roadmap';
    section.authority = authorityOf(rows, section.number);
    const around = ancestors(sections, section);
    const listed = [section, ...around].find(
      (candidate) =>
        candidate.container === undefined && candidate.number !== undefined && rows.has(candidate.number),
    );
    section.placeAuthority = authorityOf(rows, listed?.number);
    const numbered = around.find(
      (candidate) => candidate.container === undefined && candidate.number !== undefined,
    );
    section.inPlace =
      section.number === undefined ||
      numbered?.number === undefined ||
      isPrefix(numbered.number, section.number);
  }
}

function isRoadmap(section: SpecSection): boolean {
  return (
    section.level <= 2 &&
    section.container === undefined &&
    section.number !== undefined &&
    /\broadmap$/i.test(section.title)
  );
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

function versionOf(source: string, files: readonly SpecFile[]): string {
  for (const name of [source, files[0]?.path ?? '']) {
    const version = /[-_ ](v\d+(?:\.\d+)*)(?=\.md$|\/|$)/i.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  const lines = files[0]?.lines ?? [];
  if (lines[0]?.trim() !== '---') return 'unknown';
  const end = lines.indexOf('---', 1);
  for (const line of lines.slice(1, Math.max(end, 1))) {
    const version = /^(?:spec_)?version:\s*["']?(v?\d[\w.]*)/.exec(line)?.[1];
    if (version !== undefined) return version.startsWith('v') ? version : `v${version}`;
  }
  return 'unknown';
}
