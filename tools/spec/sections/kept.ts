import type { CodeBlock, SpecFile, SpecIndex } from '../model.ts';

/** An index without its lines: the files are read anyway, to know whether they are the same ones. */
export interface Kept extends Omit<SpecIndex, 'files' | 'blocks'> {
  blocks: KeptBlock[];
}

interface KeptBlock extends Omit<CodeBlock, 'lines' | 'section'> {
  section?: number;
  /** How many lines follow the opening fence; the lines themselves where they stand indented in the file. */
  lines: number | string[];
}

/**
 * Was the value kept of these files, and can all of it be used? Its hash says that it is as it was written, and
 * not that it was an index.
 */
export function isKept(value: unknown, source: string, files: readonly SpecFile[]): value is Kept {
  if (!isRecord(value) || value.source !== source) return false;
  const { version, sha256, sha1, digest, sections, blocks, findings, matrix } = value;
  if (![version, sha256, sha1, digest].every(isString)) return false;
  const counts = new Map(files.map(({ path, lines }) => [path, lines.length]));
  const inFile = (file: unknown, line: unknown, last: unknown = line): boolean =>
    isNumber(line, 1) && isNumber(last, line) && last <= (counts.get(file as string) ?? 0);
  const isSection = (one: unknown, id: number): boolean =>
    isRecord(one) &&
    one.id === id &&
    isString(one.title) &&
    isString(one.kind) &&
    isListOf(one.tags, isString) &&
    (one.number === undefined || isString(one.number)) &&
    (one.parent === undefined || (isNumber(one.parent, 0) && one.parent < id)) &&
    (one.endFile === undefined
      ? inFile(one.file, one.line, one.endLine)
      : inFile(one.file, one.line) && inFile(one.endFile, one.endLine));
  const isBlock = (one: unknown): boolean =>
    isRecord(one) &&
    isString(one.lang) &&
    inFile(one.file, one.line, one.endLine) &&
    (isNumber(one.lines, 0) || isListOf(one.lines, isString)) &&
    (one.section === undefined || (isNumber(one.section, 0) && one.section < (sections as unknown[]).length));
  const isFinding = (one: unknown): boolean =>
    isRecord(one) &&
    [one.rule, one.severity, one.message].every(isString) &&
    isRecord(one.args) &&
    (one.place === undefined || isRecord(one.place));
  const isRow = (one: unknown): boolean =>
    isRecord(one) && isString(one.number) && isListOf(one.phases, isString) && inFile(one.file, one.line);
  return (
    isListOf(sections, isSection) &&
    isListOf(blocks, isBlock) &&
    isListOf(findings, isFinding) &&
    (matrix === undefined || isListOf(matrix, isRow))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown, least: number): value is number {
  return Number.isInteger(value) && (value as number) >= least;
}

function isListOf(value: unknown, isOne: (one: unknown, at: number) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}
