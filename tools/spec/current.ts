import { posix } from 'node:path';
import { linePlace, TreeError } from '../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../snapshot/index.ts';
import { splitLines } from '../text/index.ts';

/** Where SPEC_CURRENT.md may stand; the first that exists is the pointer. */
export const SPEC_CURRENT_PATHS = ['.GOV/roles_shared/SPEC_CURRENT.md', '.GOV/spec/SPEC_CURRENT.md'];

/** What SPEC_CURRENT.md names, and the line that names it. */
export interface Pointer {
  /** As written: a file name, or a path. */
  name: string;
  line: number;
}

/** The one resolver of SPEC_CURRENT.md. The spec is looked for beside it, in the root, and in `.GOV/spec`. */
export async function currentSpec(
  snapshot: Snapshot,
): Promise<{ path: string; pointer: string; line: number }> {
  for (const pointer of SPEC_CURRENT_PATHS) {
    const text = await read(snapshot, pointer);
    if (text === undefined) continue;
    const named = parseSpecCurrent(text);
    if (!named) {
      throw missing(
        pointer,
        1,
        'Unexpected SPEC_CURRENT.md without a spec, expected **FILE.md** or JSON with "entrypoint_path"',
        {},
      );
    }
    const name = posix.normalize(named.name.replaceAll('\\', '/'));
    const tried = [
      ...new Set([posix.join(posix.dirname(pointer), name), name, posix.join('.GOV/spec', name)]),
    ].filter((path) => !path.startsWith('..') && !path.startsWith('/'));
    const present = await snapshot.list(tried.map(literal));
    const path = tried.find((candidate) => present.includes(candidate));
    if (path !== undefined) return { path, pointer, line: named.line };
    throw missing(
      pointer,
      named.line,
      `Unexpected missing spec file "${named.name}", expected it at ${tried.join(' or ')}`,
      { name: named.name, tried },
    );
  }
  const [first = ''] = SPEC_CURRENT_PATHS;
  throw missing(
    first,
    1,
    `Unexpected missing SPEC_CURRENT.md, expected it at ${SPEC_CURRENT_PATHS.join(' or ')}`,
    {
      tried: SPEC_CURRENT_PATHS,
    },
  );
}

const MARKER = /current authoritative master specification/i;
const BOLD_FILE = /\*\*\s*`?([^*`]+?\.(?:md|json))`?\s*\*\*/;

/** The spec that the text names: in Markdown the first bold file after the marker line, in JSON the entry point. */
export function parseSpecCurrent(text: string): Pointer | undefined {
  const lines = splitLines(text);
  if (text.trimStart().startsWith('{')) return jsonPointer(text, lines);
  const marker = lines.findIndex((line) => MARKER.test(line));
  for (let at = Math.max(marker, 0); at < lines.length; at++) {
    const name = BOLD_FILE.exec(lines[at]!)?.[1];
    if (name !== undefined) return { name, line: at + 1 };
  }
  return undefined;
}

function jsonPointer(text: string, lines: readonly string[]): Pointer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const name = entrypoint(value) ?? entrypoint((value as { current_spec?: unknown }).current_spec);
  if (name === undefined) return undefined;
  const line = lines.findIndex((candidate) => candidate.includes('entrypoint_path')) + 1;
  return { name, line: Math.max(line, 1) };
}

function entrypoint(value: unknown): string | undefined {
  const path = (value as { entrypoint_path?: unknown } | null | undefined)?.entrypoint_path;
  return typeof path === 'string' && path !== '' ? path : undefined;
}

async function read(snapshot: Snapshot, path: string): Promise<string | undefined> {
  try {
    const text = new TextDecoder().decode(await snapshot.read(path));
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing') return undefined;
    throw missing(
      path,
      1,
      `Unexpected ${error.message}, expected a file that names the spec`,
      { path },
      error,
    );
  }
}

// Spec names hold dots and spaces; brackets and stars would be patterns.
function literal(path: string): string {
  return path.replace(/[[\]{}()*?!+@\\]/g, '\\$&');
}

function missing(
  file: string,
  line: number,
  message: string,
  args: Record<string, unknown>,
  cause?: unknown,
): TreeError {
  return new TreeError(
    { rule: 'spec/missing', severity: 'error', place: linePlace(file, line), message, args },
    cause === undefined ? undefined : { cause },
  );
}
