import type { Field } from '../markdown/index.ts';
import { spanPlace } from '../text/index.ts';
import type { Sited } from './stub.ts';

/** Which spec a document names: a file, its version, and in a refinement the sha1 of its bytes. */
export interface SpecPin {
  /** File name as written; of a spec of modules the path of its manifest. */
  file?: Sited;
  /** `v02.137`: from the file name, or written in its place. */
  version?: string;
  /** Lower-case hex; `place` is where it is written. */
  sha1?: Sited;
}

const FILE = /[^\s`*()[\]"'/\\]*[-_ ]spec[-_ ]v\d+(?:\.\d+)*\.(?:md|json)\b/i;
/** A spec of modules is named by its manifest, whose folder carries the version. */
const MANIFEST = /[^\s`*()[\]"'\\]*[-_ ]spec[-_ ]v\d+(?:\.\d+)*\/indexed-spec-manifest\.json\b/i;
const VERSION = /(?<![a-z0-9])(v\d+(?:\.\d+)+)/i;

/** `.GOV/roles_shared/SPEC_CURRENT.md -> Handshake_Master_Spec_v02.137.md`, and its sha1 in either case. */
export function readSpecPin(target: Field | undefined, sha1?: Field | undefined): SpecPin {
  const pin: SpecPin = {};
  if (target !== undefined) {
    const file = FILE.exec(target.raw) ?? MANIFEST.exec(target.raw);
    if (file !== null) {
      const { place } = target;
      pin.file = {
        text: file[0],
        place: spanPlace(place.file, place.line, place.column + file.index, file[0].length),
      };
    }
    const version = versionIn(file?.[0] ?? target.raw);
    if (version !== undefined) pin.version = version;
  }
  const digits = /^`?([0-9a-f]{40})`?$/i.exec(sha1?.value ?? '');
  if (sha1 !== undefined && digits !== null) {
    const { place, raw } = sha1;
    const column = place.column + raw.indexOf(digits[1]!);
    pin.sha1 = { text: digits[1]!.toLowerCase(), place: spanPlace(place.file, place.line, column, 40) };
  }
  return pin;
}

/** The first version that a text names, in lower case: `v02.137`. */
export function versionIn(text: string): string | undefined {
  return VERSION.exec(text.replace(/\.(?:md|json)\b/gi, ' '))?.[1]?.toLowerCase();
}
