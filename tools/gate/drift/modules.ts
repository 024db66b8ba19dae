import type { AnchorQuery, SpecFile, SpecIndex } from '../../spec/index.ts';

const MANIFEST = 'indexed-spec-manifest.json';

/**
 * What a pin calls a spec: the base name of its file. Every manifest has the same name, so that of a spec of
 * modules its folder, which carries the version, goes before it.
 */
export function pinName(path: string): string {
  const parts = path.split('/');
  return parts.slice(parts.at(-1) === MANIFEST ? -2 : -1).join('/');
}

export function isManifest(name: string): boolean {
  return name.endsWith(`/${MANIFEST}`);
}

/** The manifest of the folder that a module is named in: `…/master-spec-v01.003/02-storage.md`. */
export function manifestAround(path: string): string | undefined {
  const folder = /^.*[-_ ]spec[-_ ]v\d+(?:\.\d+)*(?=\/)/i.exec(path)?.[0];
  return folder === undefined ? undefined : pinName(`${folder}/${MANIFEST}`);
}

/** What pins call a spec that has been read. */
export function nameOfSpec({ source, files }: SpecIndex): string {
  const path = source.slice(source.indexOf(':') + 1).replace(/\/+$/, '');
  if (path.endsWith('.json')) return pinName(path);
  const whole = files.length === 1 && !/[-_ ]spec[-_ ]v\d+(?:\.\d+)*$/i.test(path);
  return whole ? pinName(files[0]!.path) : pinName(`${path}/${MANIFEST}`);
}

/** The file that the lines of a pin count in: the only one, or the module that its anchor names. */
export function pinnedFile({ files }: SpecIndex, { file }: AnchorQuery): SpecFile | undefined {
  if (files.length === 1) return files[0];
  if (file === undefined) return undefined;
  const named = files.filter(({ path }) => pinName(path) === pinName(file));
  return named.length === 1 ? named[0] : undefined;
}
