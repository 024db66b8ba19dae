import { posix } from 'node:path';
import { type Finding, linePlace } from '../../findings/index.ts';
import { type Snapshot, UnreadableFile } from '../../snapshot/index.ts';
import type { SpecFile } from '../model.ts';
import { specFileOf, unreadable } from './file.ts';
import { differences } from './manifest-check.ts';
import { inOrder, type LineOf, type Manifest, type Module, orderProblems } from './manifest-order.ts';
import { isModule } from './module-file.ts';
import { byReadingOrder, isTransfer, literal, versionFrom } from './names.ts';

/** The files of a spec in their order, and what was found out on the way to them. */
export interface Found {
  files: SpecFile[];
  /** As the manifest states it. */
  version?: string;
  /** Where the manifest and the modules do not agree. */
  findings: Finding[];
}

/**
 * The files of an indexed manifest, in the order of its reconstruction. Throws a TreeError with its place when a
 * module cannot be read; that its bytes are others than the manifest states is a finding, since the hashes of
 * real manifests were made of other checkouts.
 */
export async function readModules(snapshot: Snapshot, path: string, bytes: Uint8Array): Promise<Found> {
  const text = specFileOf(path, bytes).lines.join('\n');
  const manifest = parse(path, text);
  const lineOf = await linesIn(text);
  const modules = modulesOf(path, manifest, lineOf);
  const findings = orderProblems(path, manifest, modules, lineOf);
  const files: SpecFile[] = [];
  for (const module of inOrder(manifest, modules)) {
    if (files.some((file) => file.path === module.file)) continue;
    const content = await readModule(snapshot, path, module, lineOf);
    const file = specFileOf(module.file, content);
    files.push(file);
    const mismatch = mismatchOf(path, module, differences(module.stated, content, file), lineOf);
    if (mismatch) findings.push(mismatch);
  }
  findings.push(...(await unlisted(snapshot, path, files)));
  const version = versionFrom(manifest.spec_version) ?? versionFrom(nameOf(manifest.version));
  return { files, findings, ...(version !== undefined && { version }) };
}

function parse(path: string, text: string): Manifest {
  let manifest: Manifest | null;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, 'text that is no JSON', { expected: 'a manifest of modules', cause });
  }
  if (!Array.isArray(manifest?.modules) || manifest.modules.length === 0)
    throw unreadable(path, 'manifest without modules');
  return manifest;
}

/** Loaded only here: whoever has one file for a spec does not pay for the parser. */
async function linesIn(text: string): Promise<LineOf> {
  const { jsonLines } = await import('./json-lines.ts');
  return jsonLines(text);
}

// `1` would be the version of the manifest's own form.
function nameOf(version: unknown): unknown {
  return typeof version === 'string' && /^v\d|\./i.test(version) ? version : undefined;
}

function modulesOf(path: string, manifest: Manifest, lineOf: LineOf): Module[] {
  return (manifest.modules as unknown[]).map((entry, at) => {
    const stated = entry as (Module['stated'] & { module_id?: unknown; path?: unknown }) | null;
    if (typeof stated?.path !== 'string') {
      throw unreadable(path, `module ${at + 1} without a path`, {
        line: lineOf(['modules', at]),
        expected: 'a path for every module',
      });
    }
    const written = stated.path;
    const relative = written.replaceAll('\\', '/');
    const file = posix.join(posix.dirname(path), relative);
    if (relative === '' || posix.isAbsolute(relative) || file === '..' || file.startsWith('../')) {
      throw unreadable(path, `module path ${JSON.stringify(written)}`, {
        line: lineOf(['modules', at, 'path']),
        expected: 'a path inside the repository, relative to the manifest',
      });
    }
    return { at, id: stated.module_id, path: written, file, stated };
  });
}

async function readModule(
  snapshot: Snapshot,
  path: string,
  { at, file }: Module,
  lineOf: LineOf,
): Promise<Uint8Array> {
  try {
    return await snapshot.read(file);
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw unreadable(path, cause.message, { line: lineOf(['modules', at, 'path']), cause });
  }
}

function mismatchOf(
  path: string,
  module: Module,
  found: ReturnType<typeof differences>,
  lineOf: LineOf,
): Finding | undefined {
  const [first] = found;
  if (!first) return undefined;
  const stated = found.map((one) => `${one.field} ${one.stated} (found ${one.found})`).join(', ');
  return {
    rule: 'spec/manifest-mismatch',
    severity: 'warning',
    place: linePlace(path, lineOf(['modules', module.at, first.field])),
    message: `Unexpected content of ${module.file}, expected ${stated}`,
    args: { path: module.file, fields: found.map((one) => one.field) },
    related: [{ place: linePlace(module.file, 1), note: 'the module' }],
  };
}

/** Modules that lie beside the listed ones and that nobody reads. */
async function unlisted(snapshot: Snapshot, path: string, files: readonly SpecFile[]): Promise<Finding[]> {
  const listed = new Set(files.map((file) => file.path));
  const folders = [...new Set(files.map((file) => posix.dirname(file.path)))];
  const beside = await snapshot.list(folders.map((folder) => posix.join(literal(folder), '*.md')));
  const findings: Finding[] = [];
  for (const file of beside.sort(byReadingOrder)) {
    if (listed.has(file) || isTransfer(file) || !(await isModule(snapshot, file))) continue;
    findings.push({
      rule: 'spec/module-unlisted',
      severity: 'warning',
      place: linePlace(file, 1),
      message: `Unexpected module ${file}, expected one that ${path} lists: it is not read`,
      args: { path: file, manifest: path },
      related: [{ place: linePlace(path, 1), note: 'the manifest' }],
    });
  }
  return findings;
}
