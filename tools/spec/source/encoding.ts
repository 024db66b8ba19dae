import type { Finding, Place } from '../../findings/index.ts';
import { repairText, spanPlace } from '../../text/index.ts';
import type { SpecFile } from '../model.ts';

/** A line of the spec that is encoded twice. */
export interface DoubledLine {
  place: Place;
  found: string;
  /** The found run and the whole line as they were meant; absent where it cannot be repaired without loss. */
  expected?: string;
  text?: string;
}

/** All lines that are encoded twice, in the order of the spec. */
export function doubledLines(files: readonly SpecFile[]): DoubledLine[] {
  return files.flatMap(({ path, lines }) => {
    const { repaired, refused } = repairText(lines);
    const mixed = refused.filter(({ why }) => why === 'mixed');
    return [...repaired, ...mixed]
      .sort((a, b) => a.line - b.line)
      .map((line) => ({
        place: spanPlace(path, line.line, line.column, line.length),
        found: line.found,
        ...('text' in line && { expected: line.expected, text: line.text }),
      }));
  });
}

/** One warning for each file. */
export function doubleEncoding(doubled: readonly DoubledLine[]): Finding[] {
  return [...new Set(doubled.map(({ place }) => place.file))].map((file) => {
    const lines = doubled.filter(({ place }) => place.file === file);
    const { place, found, expected } = lines.find(({ text }) => text !== undefined) ?? lines[0]!;
    const refused = lines.filter(({ text }) => text === undefined).length;
    return {
      rule: 'spec/double-encoding',
      severity: 'warning',
      place,
      message: `Unexpected "${found}", expected ${wanted(expected)}; ${count(lines.length)} encoded twice (gov spec repair)`,
      args: { lines: lines.length, refused, found, ...(expected !== undefined && { expected }) },
      found,
      ...(expected !== undefined && { expected }),
    };
  });
}

/**
 * What a version brings in: lines that its predecessor has sound, or else more of them than it has. `name` is
 * the predecessor's, for people.
 */
export function newDoubleEncoding(
  doubled: readonly DoubledLine[],
  predecessor: readonly SpecFile[],
  name: string,
): Finding[] {
  if (doubled.length === 0) return [];
  const before = doubledLines(predecessor).length;
  const sound = new Set(predecessor.flatMap(({ lines }) => lines.map((line) => line.trimEnd())));
  const spoiled = doubled.filter(({ text }) => text !== undefined && sound.has(text.trimEnd()));
  if (spoiled.length === 0 && doubled.length <= before) return [];
  const { place, found, expected } = spoiled[0] ?? doubled[0]!;
  const why =
    spoiled.length > 0
      ? `${count(spoiled.length)} encoded twice that ${name} has sound`
      : `${count(doubled.length)} encoded twice, ${before} in ${name}`;
  return [
    {
      rule: 'spec/double-encoding-new',
      severity: 'error',
      place,
      message: `Unexpected "${found}", expected ${wanted(expected)}; ${why} (gov spec repair)`,
      args: { lines: doubled.length, spoiled: spoiled.length, before, predecessor: name, found },
      found,
      ...(expected !== undefined && { expected }),
    },
  ];
}

function wanted(expected: string | undefined): string {
  return expected === undefined ? 'text that was encoded once' : `"${expected}"`;
}

function count(lines: number): string {
  return lines === 1 ? '1 line is' : `${lines} lines are`;
}
