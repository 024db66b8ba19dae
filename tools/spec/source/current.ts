import { posix } from 'node:path';
import { specPointers } from '../../config/index.ts';
import { linePlace, TreeError } from '../../findings/index.ts';
import { entrypointPath, isJsonPointer, namedSpec, pointerLines } from '../../markdown/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import { splitLines } from '../../text/index.ts';
import { unreadable } from './file.ts';
import { MANIFEST, versionFrom } from './names.ts';

/** Where SPEC_CURRENT.md may stand; the first that exists is the pointer. */
export const SPEC_CURRENT_PATHS = specPointers({ folder: '.GOV' });

/** What SPEC_CURRENT.md names, and the line that names it. */
export interface Pointer {
  /** As written: a file name, or a path. */
  name: string;
  line: number;
  /** As the JSON form states it. */
  version?: string;
  /** The JSON form says that the file is a manifest of modules. */
  manifest?: boolean;
}

/** What the tree names as its spec, and where that may stand. */
export interface Current extends Pointer {
  /** The SPEC_CURRENT.md that names it. */
  pointer: string;
  /** Beside the pointer, in the root, in `.GOV/spec`. */
  tried: string[];
}

/** The one resolver of SPEC_CURRENT.md. */
export async function currentSpec(
  snapshot: Snapshot,
  pointers: readonly string[] = SPEC_CURRENT_PATHS,
): Promise<Current> {
  for (const pointer of pointers) {
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
    const path = posix.normalize(named.name.replaceAll('\\', '/'));
    const folder = pointer.replace(/\/[^/]+\/[^/]+$/, '');
    const places = [posix.join(posix.dirname(pointer), path), path, posix.join(folder, 'spec', path)];
    const tried = [...new Set(places)].filter((place) => place !== '..' && !place.startsWith('../'));
    if (tried.length === 0 || posix.isAbsolute(path)) {
      throw missing(
        pointer,
        named.line,
        `Unexpected spec path "${named.name}" that leads out of the repository, expected one inside it`,
        { name: named.name },
      );
    }
    return { ...named, pointer, tried };
  }
  const [first = ''] = pointers;
  const expected = pointers.filter((path) => path.endsWith('.md'));
  throw missing(first, 1, `Unexpected missing SPEC_CURRENT.md, expected it at ${expected.join(' or ')}`, {
    tried: pointers,
  });
}

/** Nothing stands where the pointer leads. */
export function notThere({ pointer, name, line, tried }: Current): TreeError {
  return missing(
    pointer,
    line,
    `Unexpected missing spec file "${name}", expected it at ${tried.join(' or ')}`,
    { name, tried },
  );
}

/** A folder stands there, and no spec in it. */
export function notASpec({ pointer, name, line }: Current, path: string): TreeError {
  return missing(
    pointer,
    line,
    `Unexpected folder ${path} without a Master Spec file, expected a spec or a folder with ${MANIFEST}`,
    { name, path },
  );
}

/**
 * The spec that the text names: in Markdown the first bold file after the marker line, in JSON
 * (`handshake.spec_current@1`) the entry point, at the top or in `current_spec`.
 */
export function parseSpecCurrent(text: string): Pointer | undefined {
  const lines = splitLines(text);
  if (isJsonPointer(text)) return jsonPointer(text, lines);
  const named = namedSpec(pointerLines(lines));
  return named && { name: named.name, line: named.line };
}

function jsonPointer(text: string, lines: readonly string[]): Pointer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const path = entrypointPath(value);
  if (path === undefined) return undefined;
  const stated = path.reduce(
    (at, key) => at[key] as Record<string, unknown>,
    value as Record<string, unknown>,
  );
  const version = versionFrom(stated.version);
  const line = lines.findIndex((candidate) => candidate.includes('entrypoint_path')) + 1;
  return {
    name: String(stated.entrypoint_path),
    ...(version !== undefined && { version }),
    ...(stated.entrypoint_type === 'indexed_manifest' && { manifest: true }),
    line: Math.max(line, 1),
  };
}

async function read(snapshot: Snapshot, path: string): Promise<string | undefined> {
  try {
    const text = new TextDecoder().decode(await snapshot.read(path));
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'missing') return undefined;
    throw unreadable(path, error.message, { expected: 'a file that names the spec', cause: error });
  }
}

function missing(file: string, line: number, message: string, args: Record<string, unknown>): TreeError {
  return new TreeError({
    rule: 'spec/missing',
    severity: 'error',
    place: linePlace(file, line),
    message,
    args,
  });
}
