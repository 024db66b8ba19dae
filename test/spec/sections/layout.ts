import { posix } from 'node:path';
import {
  addenda,
  buildIndex,
  fingerprintOf,
  ownFingerprintOf,
  type SpecIndex,
  type SpecSection,
  specFileOf,
} from '../../../tools/spec/index.ts';
import { sha256 } from '../../../tools/text/index.ts';

/** How a spec is laid out in files. */
export interface Layout {
  /** Lines (from 1) that begin another file. */
  cuts?: readonly number[];
  eol?: '\n' | '\r\n' | 'mixed';
  bom?: boolean;
  frontMatter?: boolean;
}

const VERSION = 'v02.195';

/** The same text in another layout, by path; keeps its order. Every line of the text is in one of the files. */
export function laidOut(text: string, layout: Layout = {}): Map<string, string> {
  const { cuts = [], frontMatter = false } = layout;
  const lines = text.split('\n');
  const starts = [1, ...cuts];
  const files = new Map<string, string>();
  starts.forEach((start, at) => {
    const end = starts[at + 1];
    const body = lines.slice(start - 1, end === undefined ? undefined : end - 1);
    const front = frontMatter ? frontMatterOf(at) : [];
    const part = [...front, ...body].join('\n');
    files.set(pathOf(at), asBytes(end === undefined ? part : `${part}\n`, layout));
  });
  return files;
}

function pathOf(at: number): string {
  return `spec-modules/${String(at).padStart(2, '0')}-part.md`;
}

function frontMatterOf(at: number): string[] {
  return [
    '---',
    'schema: handshake.indexed_spec.module@1',
    `spec_version: ${VERSION}`,
    `module_id: m${at}`,
    `title: "# no heading: ${at}"`,
    '---',
    '',
  ];
}

function asBytes(text: string, { eol = '\n', bom = false }: Layout): string {
  let at = 0;
  const ended = text.replaceAll('\n', () => {
    const crlf = eol === 'mixed' ? at++ % 2 === 0 : eol === '\r\n';
    return crlf ? '\r\n' : '\n';
  });
  return bom ? `\ufeff${ended}` : ended;
}

export function indexOf(files: ReadonlyMap<string, string>): SpecIndex {
  const encoder = new TextEncoder();
  return buildIndex(
    'Acme_Master_Spec_v01.02.md',
    [...files].map(([path, text]) => specFileOf(path, encoder.encode(text))),
  );
}

/** What is the same in every layout: everything but files, lines, and what a strict reader of a file sees. */
export function meaningOf(index: SpecIndex): unknown {
  const nameOf = (section: SpecSection | undefined): string | undefined =>
    section && `${section.number ?? ''} ${section.title}`;
  const parentOf = ({ parent }: SpecSection): SpecSection | undefined =>
    parent === undefined ? undefined : index.sections[parent];
  return {
    sections: index.sections.map((section) => ({
      number: section.number,
      title: section.title,
      tags: section.tags,
      level: section.level,
      kind: section.kind,
      authority: section.authority,
      placeAuthority: section.placeAuthority,
      inPlace: section.inPlace,
      parent: parentOf(section)?.id,
      inFence: section.container !== undefined,
      fingerprint: fingerprintOf(index, section),
      own: ownFingerprintOf(index, section),
    })),
    matrix: index.matrix?.map(({ number, title, authority, phases }) => ({
      number,
      title,
      authority,
      phases,
    })),
    blocks: index.blocks.map(({ lang, lines, section, container }) => ({
      lang,
      lines,
      section: nameOf(section),
      inFence: container !== undefined,
    })),
    addenda: addenda(index).map(({ number, title, section }) => ({
      number,
      title,
      section: nameOf(section),
    })),
  };
}

/**
 * Lines where a file may begin: top-level headings of these levels, but for the first, and for one that alone
 * tells that a fence before it is a stray closer (R1): in another file it would tell nothing.
 */
export function cutLines(index: SpecIndex, levels: readonly number[]): number[] {
  const outer = index.sections.filter(({ container }) => container === undefined);
  const strays = index.findings.filter(({ args }) => args.repair === 'R1').map(({ place }) => place.line);
  return outer
    .filter(({ line, level }, at) => {
      const before = outer[at - 1]?.line;
      if (before === undefined || !levels.includes(level)) return false;
      return !strays.some((stray) => before < stray && stray < line);
    })
    .map(({ line }) => line);
}

/** The layout of an indexed bundle: JSON pointer, manifest with true hashes, modules. */
export function bundleOf(files: ReadonlyMap<string, string>, folder: string): Record<string, string> {
  const modules = [...files].map(([path, text], at) => ({
    module_id: `m${at}`,
    section_id: String(at),
    title: `Part ${at}`,
    path,
    sha256: sha256(text),
    body_sha256: sha256(text.replace(/^\ufeff?---\r?\n[\s\S]*?\n---\r?\n/, '')),
    line_count: text.split('\n').length - 1,
  }));
  const manifest = {
    spec_version: VERSION,
    modules,
    reconstruction: { module_order: modules.map((one) => one.module_id) },
  };
  const pointer = {
    schema: 'handshake.spec_current@1',
    current_spec: {
      entrypoint_path: posix.join(folder, 'indexed-spec-manifest.json'),
      entrypoint_type: 'indexed_manifest',
      version: VERSION,
      previous_version: 'v02.194',
      resolver_index_path: posix.join(folder, 'INDEX.json'),
    },
  };
  return {
    '.GOV/spec/SPEC_CURRENT.md': JSON.stringify(pointer, null, 2),
    [`.GOV/spec/${folder}/indexed-spec-manifest.json`]: JSON.stringify(manifest, null, 2),
    ...Object.fromEntries([...files].map(([path, text]) => [`.GOV/spec/${folder}/${path}`, text])),
  };
}
