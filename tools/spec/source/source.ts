import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { type Finding, UsageError } from '../../findings/index.ts';
import {
  commitSnapshot,
  type Snapshot,
  type UnreadableFile,
  worktreeSnapshot,
} from '../../snapshot/index.ts';
import type { SpecFile } from '../model.ts';
import { currentSpec, notASpec, notThere } from './current.ts';
import { unreadable } from './file.ts';
import { literal, MANIFEST, SPEC_FILE, SPEC_PLACES } from './names.ts';
import { readAt, readGlob } from './reading.ts';

export interface SpecOptions {
  /** `FILE`, `DIR`, `REV:PATH` or an ordered glob; default: what SPEC_CURRENT.md names. */
  spec?: string;
  /** Absolute path of the repository. */
  root: string;
  /** Absolute path of where `spec` was typed: a relative one is looked for there, then in the root. */
  cwd?: string;
  /** Where SPEC_CURRENT.md may stand. Default: the places of upstream's layouts under `.GOV`. */
  pointers?: readonly string[];
}

/** The files of a spec in their order, and how it was named. */
export interface SpecSource {
  source: string;
  files: SpecFile[];
  /** What the manifest, the pointer or the front matter states, the first of them that does. */
  version?: string;
  /** Where the manifest and the modules do not agree, and front matter that cannot be read. */
  findings: Finding[];
}

/** Finds and reads the spec: one file, or the modules of a manifest, a folder or a glob, in their order. */
export async function findSpec(snapshot: Snapshot, options: SpecOptions): Promise<SpecSource> {
  if (options.spec !== undefined) return withFrontMatter(await named(snapshot, options.spec, options));
  const current = await currentSpec(snapshot, options.pointers);
  const { manifest = false } = current;
  for (const path of current.tried) {
    const found = await readAt(snapshot, path, { none: () => notASpec(current, path), manifest });
    if (!found) continue;
    const version = found.version ?? current.version;
    return withFrontMatter({ ...found, source: path, ...(version !== undefined && { version }) });
  }
  throw notThere(current);
}

/** Base names of the versioned spec files in the usual places, for SPEC_FILE_ABSENT. */
export async function knownSpecFiles(snapshot: Snapshot): Promise<string[]> {
  const closed: UnreadableFile[] = [];
  const paths = await snapshot.list(SPEC_PLACES, (problem) => {
    if (problem.reason === 'denied-folder') closed.push(problem);
  });
  if (closed[0]) throw unreadable(closed[0].path, closed[0].message, { cause: closed[0] });
  return [...new Set(paths.map((path) => posix.basename(path)).filter((name) => SPEC_FILE.test(name)))];
}

async function withFrontMatter(source: SpecSource): Promise<SpecSource> {
  // The parser takes longer to load than a spec to read: only a spec that may need it pays.
  const some = source.files.filter(({ lines }) => lines[0]?.startsWith('---'));
  if (some.length === 0) return source;
  const { readFrontMatter } = await import('./front-matter.ts');
  const read = some.map(readFrontMatter);
  const version = source.version ?? read.find((one) => one.version !== undefined)?.version;
  return {
    ...source,
    ...(version !== undefined && { version }),
    findings: [...source.findings, ...read.flatMap((one) => one.findings)],
  };
}

async function named(
  snapshot: Snapshot,
  spec: string,
  { root, cwd = root }: SpecOptions,
): Promise<SpecSource> {
  const wrong = (why: string): UsageError => new UsageError(`--spec ${spec}: ${why}`);
  const none = (): UsageError =>
    wrong(`no Master Spec in this folder, expected ${MANIFEST}, X_Spec_vN.md or modules named NN-slug.md`);
  if (spec === '')
    throw new UsageError('--spec: Unexpected empty path, expected FILE, DIR, REV:PATH or a glob');
  const places = new Set([cwd, root]);
  for (const from of places) {
    const place = await locate(snapshot, resolve(from, spec), root);
    const found = await readAt(place.snapshot, place.path, { none });
    if (found) return { ...found, source: place.snapshot === snapshot ? place.path : spec };
  }
  const glob = splitGlob(spec);
  for (const from of glob ? places : []) {
    const place = await locate(snapshot, resolve(from, glob!.base), root);
    const found = await readGlob(place.snapshot, posix.join(literal(place.path), glob!.pattern));
    const source = place.snapshot === snapshot ? posix.join(place.path, glob!.pattern) : spec;
    if (found) return { ...found, source };
  }
  const colon = spec.indexOf(':');
  if (colon > 0) {
    const path = posix.normalize(spec.slice(colon + 1)).replace(/^\.?\/?$/, '');
    const commit = await commitSnapshot(root, spec.slice(0, colon));
    const found = (await readAt(commit, path, { none })) ?? (glob && (await readGlob(commit, path)));
    if (found) return { ...found, source: spec };
  }
  throw wrong(glob ? 'no Markdown file matches' : 'no such file, expected FILE, DIR, REV:PATH or a glob');
}

/** The folder that a pattern begins with and the rest of it; undefined for what is no pattern. */
function splitGlob(spec: string): { base: string; pattern: string } | undefined {
  const parts = spec.split('/');
  const first = parts.findIndex((part) => /[*?[{]|[!+@]\(/.test(part));
  if (first < 0) return undefined;
  const base = parts.slice(0, first).join('/');
  return { base: base === '' && first > 0 ? '/' : base || '.', pattern: parts.slice(first).join('/') };
}

/** A path as the snapshot counts it; one outside the repository is read from disk, wherever it links to. */
async function locate(
  snapshot: Snapshot,
  full: string,
  root: string,
): Promise<{ snapshot: Snapshot; path: string }> {
  const inside = relative(root, full);
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) {
    return { snapshot, path: inside.split(sep).join('/') };
  }
  const real = await realpath(full).catch(() => full);
  const folder = await stat(real).then(
    (info) => info.isDirectory(),
    () => false,
  );
  return folder
    ? { snapshot: worktreeSnapshot(real), path: '' }
    : { snapshot: worktreeSnapshot(dirname(real)), path: basename(real) };
}
