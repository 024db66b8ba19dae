import { createHash } from 'node:crypto';
import { TreeError, UsageError } from '../../findings/index.ts';
import { historicFiles, type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import {
  buildIndex,
  findVersion,
  loadSpec,
  SPEC_FILE,
  SPEC_PLACES,
  type SpecIndex,
  specFileOf,
} from '../../spec/index.ts';
import { isManifest, nameOfSpec } from './modules.ts';
import type { PinnedSpec } from './pins.ts';

/** What became of a search for the bytes that a pin names. */
export type Found =
  | {
      state: 'FOUND';
      spec: SpecIndex;
      /** `name`: the pin has no hash, so that the file of that name is taken for what it meant. */
      by: 'sha1' | 'name';
      /** Path, or `COMMIT:path`. */
      source: string;
    }
  | { state: 'SPEC_FILE_ABSENT' | 'SPEC_HASH_MISMATCH' | 'NO_SPEC'; reason: string };

/** The specs that can be read here. Nothing is found without its bytes. */
export interface SpecLibrary {
  find(pin: PinnedSpec): Found;
}

/** One spec file that is at hand; what costs time is done when it is asked for. */
interface Shelved {
  name: string;
  source: string;
  historic: boolean;
  /** Of the bytes as they are. */
  sha1: string;
  /** Has it, or would it have this sha1 in a checkout with other line ends, or with or without a BOM? */
  has(sha1: string): boolean;
  index(): SpecIndex;
}

/**
 * Everything that the pins name: the spec files of the tree, and for hashes that none of them has the versions
 * that git remembers under the same base name, on any ref.
 */
export async function openLibrary(
  snapshot: Snapshot,
  root: string,
  pins: readonly { spec: PinnedSpec }[],
  known: readonly SpecIndex[] = [],
): Promise<SpecLibrary> {
  const paths = (await snapshot.list(SPEC_PLACES)).filter((path) => SPEC_FILE.test(path));
  const shelf = known.map(shelveIndex);
  const closed: string[] = [];
  const read = async (wanted: (path: string) => boolean): Promise<void> => {
    for (const path of paths.filter(wanted)) {
      if (closed.includes(path) || shelf.some(({ source }) => source === path)) continue;
      const bytes = await snapshot.read(path).catch(told(closed, path));
      if (bytes !== undefined) shelf.push(shelveBytes(path, path, false, bytes));
    }
  };
  for (const { spec } of pins) {
    if (spec.file === undefined || !isManifest(spec.file) || look(shelf, spec) !== undefined) continue;
    const index = await modulesOf(snapshot, root, spec).catch(toldOfModules(closed, spec.file));
    if (index !== undefined && !shelf.some(({ name }) => name === nameOfSpec(index)))
      shelf.push(shelveIndex(index));
  }
  const pinned = new Set(pins.map(({ spec }) => spec.file));
  await read((path) => pinned.has(baseName(path)));
  const missing = pins
    .map(({ spec }) => spec)
    .filter((spec) => spec.file !== undefined && look(shelf, spec) === undefined);
  // A hash that no file of its name has may be that of another: then it is no absence but a contradiction.
  if (missing.some(({ sha1 }) => sha1 !== undefined)) await read(() => true);
  const names = new Set(
    missing.flatMap(({ file }) => (file === undefined || isManifest(file) ? [] : [file])),
  );
  const history = await historicFiles(root, [...names]);
  const wanted = new Set(missing.flatMap(({ sha1 }) => (sha1 === undefined ? [] : [sha1])));
  const unhashed = new Set(missing.flatMap(({ file, sha1 }) => (file && sha1 === undefined ? [file] : [])));
  for (const { path, commit, read } of history.files) {
    const source = `${commit.slice(0, 12)}:${path}`;
    const bytes = await read().catch(told(closed, source));
    if (bytes === undefined) continue;
    const found = shelveBytes(path, source, true, bytes);
    // What no pin asks for is not kept: a history may hold hundreds of versions of three megabytes.
    const named = unhashed.delete(found.name);
    if (named || [...wanted].some((sha1) => found.has(sha1))) shelf.push(found);
  }
  const unread = closed.length === 0 ? [] : [`not to be read: ${closed.join(', ')}`];
  const incomplete = [...unread, ...(history.incomplete === undefined ? [] : [history.incomplete])];
  return libraryOf(shelf, incomplete.length === 0 ? undefined : incomplete.join('; '));
}

/** A spec of modules is read as a whole, from the tree or from git. */
async function modulesOf(
  snapshot: Snapshot,
  root: string,
  { version }: PinnedSpec,
): Promise<SpecIndex | undefined> {
  const found = version === undefined ? undefined : await findVersion(snapshot, root, version);
  return found && loadSpec(snapshot, { root, spec: found.spec });
}

function toldOfModules(closed: string[], name: string): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof TreeError || error instanceof UsageError)) throw error;
    if (!closed.includes(name)) closed.push(name);
  };
}

/** A file that cannot be read proves nothing; whoever misses it is told. */
function told(closed: string[], path: string): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof UnreadableFile)) throw error;
    closed.push(path);
  };
}

/** The specs that have been read, and no others. */
export function libraryOfSpecs(specs: readonly SpecIndex[]): SpecLibrary {
  return libraryOf(specs.map(shelveIndex), 'only the spec in force was looked at');
}

function libraryOf(shelf: readonly Shelved[], incomplete: string | undefined): SpecLibrary {
  const answers = new Map<string, Found>();
  return {
    find(pin) {
      const key = JSON.stringify([pin.file, pin.version, pin.sha1]);
      const answer = answers.get(key) ?? find(shelf, pin, incomplete);
      answers.set(key, answer);
      return answer;
    },
  };
}

function find(shelf: readonly Shelved[], pin: PinnedSpec, incomplete: string | undefined): Found {
  if (pin.file === undefined) {
    return { state: 'NO_SPEC', reason: 'it names no spec file' };
  }
  const found = look(shelf, pin);
  if (found !== undefined) {
    const by = pin.sha1 === undefined ? 'name' : 'sha1';
    return { state: 'FOUND', spec: found.index(), by, source: found.source };
  }
  const other = shelf.find(({ sha1 }) => sha1 === pin.sha1);
  if (other !== undefined) {
    return {
      state: 'SPEC_HASH_MISMATCH',
      reason: `${short(pin.sha1)} is the sha1 of ${other.name}, not of ${pin.file}`,
    };
  }
  const namesake = shelf.find(({ name, historic }) => name === pin.file && !historic);
  if (namesake !== undefined) {
    const where = incomplete === undefined ? 'and no commit has it' : `; ${incomplete}`;
    return {
      state: 'SPEC_HASH_MISMATCH',
      reason: `${namesake.source} has another sha1 than ${short(pin.sha1)}${where.startsWith(';') ? '' : ', '}${where}`,
    };
  }
  return {
    state: 'SPEC_FILE_ABSENT',
    reason: `${pin.file} is not at hand${incomplete === undefined ? ', in the tree or in git' : `: ${incomplete}`}`,
  };
}

/** By hash among the files of that name; by name alone where the pin has no hash, the tree before the history. */
function look(shelf: readonly Shelved[], { file, sha1 }: PinnedSpec): Shelved | undefined {
  const named = shelf.filter(({ name }) => name === file);
  return sha1 === undefined ? named[0] : named.find(({ has }) => has(sha1));
}

function shelveBytes(path: string, source: string, historic: boolean, bytes: Uint8Array): Shelved {
  const sha1 = createHash('sha1').update(bytes).digest('hex');
  let index: SpecIndex | undefined;
  return {
    name: baseName(path),
    source,
    historic,
    sha1,
    has: hasHash(sha1, () => bytes),
    index() {
      index ??= buildIndex(source, [specFileOf(path, bytes)]);
      return index;
    },
  };
}

/** Of an index only the text is left, which is all that the hashes need; of several files the hash is that over all of theirs. */
function shelveIndex(spec: SpecIndex): Shelved {
  const known = shelved.get(spec) ?? ofIndex(spec);
  shelved.set(spec, known);
  return known;
}

const shelved = new WeakMap<SpecIndex, Shelved>();

function ofIndex(spec: SpecIndex): Shelved {
  const [file] = spec.files;
  const name = nameOfSpec(spec);
  const alone = file !== undefined && spec.files.length === 1 && !isManifest(name);
  const { sha1 } = spec;
  return {
    name,
    source: spec.source,
    historic: false,
    sha1,
    has: alone ? hasHash(sha1, () => Buffer.from(`${file.lines.join('\n')}\n`)) : (wanted) => wanted === sha1,
    index: () => spec,
  };
}

/** The variants cost six passes over three megabytes: they are made once, and only for who asks for another hash. */
function hasHash(sha1: string, bytes: () => Uint8Array): (wanted: string) => boolean {
  let variants: ReadonlySet<string> | undefined;
  return (wanted) => {
    if (wanted === sha1) return true;
    variants ??= hashesOf(bytes());
    return variants.has(wanted);
  };
}

/**
 * The sha1 of the bytes, and what it is with the other line ends, with and without a BOM: a refinement is
 * written in one checkout, and the spec committed from another.
 */
function hashesOf(bytes: Uint8Array): Set<string> {
  const sha1 = (...parts: Uint8Array[]): string => {
    const hash = createHash('sha1');
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bare = buffer.subarray(0, 3).equals(BOM) ? buffer.subarray(3) : buffer;
  const lf = Buffer.from(bare.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  const crlf = Buffer.from(lf.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
  return new Set([bare, lf, crlf].flatMap((text) => [sha1(text), sha1(BOM, text)]).concat(sha1(bytes)));
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function short(sha1: string | undefined): string {
  return (sha1 ?? '').slice(0, 12);
}
