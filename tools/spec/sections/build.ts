import { type ScanOptions, scan } from '../../markdown/index.ts';
import { sha256 } from '../../text/index.ts';
import { ancestors } from '../lookup.ts';
import type { MatrixRow, SpecFile, SpecIndex, SpecSection } from '../model.ts';
import { sha1 } from '../source/file.ts';
import { blocksOf } from './code-blocks.ts';
import { isPrefix } from './headings.ts';
import { authorityOf, matrixRows } from './matrix.ts';
import { linkByNumber } from './numeric-parent.ts';
import { Pages } from './pages.ts';
import { pastedClauses } from './pasted.ts';
import { structureFindings } from './structure.ts';
import { sectionTree } from './tree.ts';

/** The version of a spec that nobody states. */
export const UNKNOWN_VERSION = 'unknown';

/** Reads the spec's files, in their order, into one tree of sections with their places and authority. Pure. */
export function buildIndex(
  source: string,
  files: readonly SpecFile[],
  options: ScanOptions = { repair: true, recurse: true },
): SpecIndex {
  const pages = new Pages(files);
  const scanned = files.map((file) => ({ file, scan: scan(file.lines, options) }));
  const sections = sectionTree(pages, scanned);
  const matrix = findMatrix(sections, pages);
  place(sections, matrix);
  linkByNumber(sections);
  const index: SpecIndex = {
    source,
    files: [...files],
    version: versionOf(source, files),
    sha256: overAll(files.map((file) => file.sha256)),
    sha1: overAll(
      files.map((file) => file.sha1),
      sha1,
    ),
    digest: overAll(files.map((file) => file.digest)),
    sections,
    blocks: scanned.flatMap(({ file, scan: found }) =>
      blocksOf(file, found, (line) => pages.sectionAt(sections, { file: file.path, line })),
    ),
    findings: scanned.flatMap(({ file, scan: found }) => structureFindings(file, found)),
    matrix,
  };
  index.findings.push(...pastedClauses(index));
  return index;
}

function overAll(hashes: readonly string[], hash = sha256): string {
  return hashes.length === 1 ? hashes[0]! : hash(hashes.join('\n'));
}

function findMatrix(sections: readonly SpecSection[], pages: Pages): MatrixRow[] {
  for (const section of sections) {
    if (section.container !== undefined || !/\bcoverage matrix\b/i.test(section.title)) continue;
    for (const { file, line, endLine } of pages.stretches(section)) {
      const rows = matrixRows(file, line, endLine);
      if (rows.length > 0) return rows;
    }
  }
  return [];
}

/** Kind, authority and whether number and place agree: all need the whole tree. */
function place(sections: readonly SpecSection[], matrix: readonly MatrixRow[]): void {
  const rows = new Map(matrix.map((row) => [row.number, row]));
  let backMatter = false;
  for (const section of sections) {
    const parent = section.parent === undefined ? undefined : sections[section.parent];
    if (section.container === undefined) {
      // An appendix at chapter level begins the back matter, whose own chapters restart their numbers. Modules are
      // chapters of one book: only a heading of level 1 ends it, as it would in one file.
      if (section.level <= 2 && section.kind === 'appendix') backMatter = true;
      else if (section.level === 1) backMatter = false;
    }
    if (backMatter || parent?.kind === 'appendix') section.kind = 'appendix';
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

function versionOf(source: string, files: readonly SpecFile[]): string {
  for (const name of [source, files[0]?.path ?? '']) {
    const version = /[-_ ](v\d+(?:\.\d+)*)(?=\.md$|\/|$)/i.exec(name)?.[1];
    if (version !== undefined) return version;
  }
  return UNKNOWN_VERSION;
}
