import {
  type GovTree,
  isPlaceholder,
  type Packet,
  type Refinement,
  type Sited,
  type Stub,
  versionIn,
} from '../../artifacts/index.ts';
import { type AnchorQuery, parseAnchor } from '../../spec/index.ts';

import { isManifest, manifestAround, pinName } from './modules.ts';

export type ArtifactKind = 'refinement' | 'packet' | 'stub';

/** Which spec a pin counts in: by name, and in a refinement by the sha1 of its bytes. */
export interface PinnedSpec {
  /** Base name of the file; of a spec of modules `FOLDER/indexed-spec-manifest.json`. */
  file?: string;
  /** `v02.134`. */
  version?: string;
  sha1?: string;
}

/** The text that an anchor quotes, with its place in the document. */
export interface PinnedExcerpt {
  lines: readonly string[];
  /** Line of the first of {@link lines} in the document. */
  line: number;
}

/** One anchor of one document: the clause that it rests on, and the spec that it was read in. */
export interface Pin {
  kind: ArtifactKind;
  wpId: string;
  file: string;
  /** Line of the anchor in the document. */
  line: number;
  /** As its author wrote it. */
  anchor: Sited;
  query: AnchorQuery;
  spec: PinnedSpec;
  /** Lines of the pinned spec, from 1, inclusive. */
  window?: { start: number; end: number };
  /** `FILE:35191`: a line of the pinned spec, where others have a section number. */
  specLine?: number;
  token?: string;
  excerpt?: PinnedExcerpt;
  /** The signature that the document carries, and that rests on this pin. */
  signature?: string;
}

/** The documents that pin the spec, and those that say which of them are open: what a reader of pins needs. */
export const GOVERNED: readonly string[] = [
  'refinements/*.md',
  'task_packets/*.md',
  'task_packets/stubs/*.md',
  'roles_shared/**/SIGNATURE_AUDIT.md',
  'roles_shared/**/TASK_BOARD.md',
];

/** Every pin of the tree: of refinements, packets and stubs, in this order, each in the order of its file. */
export function pinsOf(tree: GovTree): Pin[] {
  return [
    ...tree.refinements.flatMap(refinementPins),
    ...tree.packets.flatMap(packetPins),
    ...tree.stubs.flatMap(stubPins),
  ];
}

export function refinementPins(refinement: Refinement): Pin[] {
  const { path, stem, pin, anchors } = refinement;
  const signature = signatureIn(refinement);
  return anchors.flatMap(({ anchor, place, window, token, excerpt }): Pin[] => {
    const text = anchor === undefined ? { text: '', place } : { text: anchor.raw, place: anchor.place };
    const named = lineIn(text.text);
    // `FILE:11` may be a chapter; a line is one of the window.
    const specLine = window && named && (named < window.start || named > window.end) ? undefined : named;
    return [
      {
        ...basic('refinement', stem, path, text),
        spec: {
          ...(pin.file && { file: pinName(pin.file.text) }),
          ...(pin.version !== undefined && { version: pin.version }),
          ...(pin.sha1 && { sha1: pin.sha1.text }),
        },
        ...(window && { window }),
        ...(specLine !== undefined && { specLine }),
        ...(token && token.raw !== '' && { token: token.raw }),
        ...(excerpt && { excerpt: { lines: excerpt.lines, line: excerpt.line } }),
        ...(signature !== undefined && { signature }),
      },
    ];
  });
}

export function packetPins(packet: Packet): Pin[] {
  const signature = signatureIn(packet);
  return packet.specAnchors.map((anchor) => ({
    ...basic('packet', packet.stem, packet.path, anchor),
    spec: namedIn(anchor.text) ?? {
      ...(packet.pin.file && { file: pinName(packet.pin.file.text) }),
      ...(packet.pin.version !== undefined && { version: packet.pin.version }),
    },
    ...present(lineIn(anchor.text)),
    ...(signature !== undefined && { signature }),
  }));
}

export function stubPins(stub: Stub): Pin[] {
  return stub.candidates.map((anchor) => ({
    ...basic('stub', stub.stem, stub.path, anchor),
    spec: namedIn(anchor.text) ?? {},
  }));
}

function basic(kind: ArtifactKind, wpId: string, file: string, anchor: Sited) {
  return { kind, wpId, file, line: anchor.place.line, anchor, query: parseAnchor(anchor.text) };
}

function present(specLine: number | undefined): { specLine?: number } {
  return specLine === undefined ? {} : { specLine };
}

/** The spec file that an anchor names itself. */
function namedIn(text: string): PinnedSpec | undefined {
  const { file } = parseAnchor(text);
  const version = file === undefined ? undefined : versionIn(file);
  if (file === undefined || version === undefined) return undefined;
  const name = pinName(file);
  if (isManifest(name) || versionIn(name) !== undefined) return { file: name, version };
  // A module has no version in its name: its folder has.
  return { file: manifestAround(file) ?? name, version };
}

/** A whole number after the file name of a refinement or packet is a line; in a stub it would be a section. */
function lineIn(text: string): number | undefined {
  const digits = /^\S+\.md:(\d{1,9})(?=\s|$)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The signature of a document that has one. */
export function signatureIn({ signature }: Refinement | Packet): string | undefined {
  return signature === undefined || isPlaceholder(signature.value) ? undefined : signature.value;
}
