import { visibleLines } from './fields.ts';
import { scan } from './scan.ts';

/** A file that a pointer names in bold: as written, and where. */
export interface NamedFile {
  name: string;
  line: number;
  /** Column of the name, from 1. */
  column: number;
}

const SPEC = /current authoritative master specification/i;
const GOVERNANCE = /current authoritative governance reference/i;
// A name may hold blanks (`Handshake Codex v1.4.md`).
const BOLD_FILE = /\*\*\s*`?([^*`]+?\.(?:md|json))`?\s*\*\*/;

/** The lines of a pointer that say something: what stands in a comment or a code fence is no name. */
export function pointerLines(lines: readonly string[]): string[] {
  return visibleLines(lines, scan(lines).fences);
}

/**
 * The spec that the lines of SPEC_CURRENT.md name: the first bold file at or after the marker line. Every other
 * name in it is a mention, whatever stands first (governance-grammar 5.2: three resolvers, three answers).
 */
export function namedSpec(visible: readonly string[]): NamedFile | undefined {
  const from = Math.max(
    visible.findIndex((line) => SPEC.test(line)),
    0,
  );
  const governance = governanceLine(visible);
  return boldFile(visible, from, governance > from ? governance : visible.length);
}

/** The governance reference, of which there is none without its marker. */
export function namedGovernance(visible: readonly string[]): NamedFile | undefined {
  const from = governanceLine(visible);
  return from < 0 ? undefined : boldFile(visible, from, visible.length);
}

/** Index of the line that begins the governance reference, or -1. */
export function governanceLine(visible: readonly string[]): number {
  return visible.findIndex((line) => GOVERNANCE.test(line));
}

/** The keys that lead to the entry point of the JSON form: at the top, or in `current_spec`. */
export function entrypointPath(value: unknown): string[] | undefined {
  for (const path of [[], ['current_spec']]) {
    const stated = path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], value);
    const entry = (stated as Record<string, unknown> | null | undefined)?.entrypoint_path;
    if (typeof entry === 'string' && entry !== '') return path;
  }
  return undefined;
}

/** Is it the JSON form (`handshake.spec_current@1`)? The path does not tell: June kept the name of the Markdown. */
export function isJsonPointer(text: string): boolean {
  return text.trimStart().startsWith('{');
}

function boldFile(visible: readonly string[], from: number, to: number): NamedFile | undefined {
  for (let at = from; at < to; at++) {
    const match = BOLD_FILE.exec(visible[at]!);
    if (match === null) continue;
    const name = match[1]!;
    return { name, line: at + 1, column: match.index + match[0].indexOf(name) + 1 };
  }
  return undefined;
}
