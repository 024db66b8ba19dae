import type { Field } from '../markdown/index.ts';
import { spanPlace } from '../text/index.ts';
import type { Sited } from './sited.ts';

/** Which spec a document names: a file, its version, and in a refinement the sha1 of its bytes. */
export interface SpecPin {
  /** File name as written; of a spec of modules the path of its manifest. */
  file?: Sited;
  /** `v02.137`: from the file name, or written in its place. */
  version?: string;
  /** Lower-case hex; `place` is where it is written. */
  sha1?: Sited;
}

// A spec of modules is named by its manifest, whose folder carries the version.
const ENDING = /[-_ ]spec[-_ ]v\d{1,9}(?:\.\d{1,9}){0,9}(?:\.(?:md|json)|\/indexed-spec-manifest\.json)\b/i;
const LONGEST_NAME = 200;
const VERSION = /(?<![a-z0-9])(v\d+(?:\.\d+)+)/i;

/** `.GOV/roles_shared/SPEC_CURRENT.md -> Handshake_Master_Spec_v02.137.md`, and its sha1 in either case. */
export function readSpecPin(target: Field | undefined, sha1?: Field | undefined): SpecPin {
  const pin: SpecPin = {};
  if (target !== undefined) {
    const file = specFileIn(target.raw);
    if (file !== undefined) {
      const { place } = target;
      pin.file = {
        text: file.text,
        place: spanPlace(place.file, place.line, place.column + file.index, file.text.length),
      };
    }
    const version = versionIn(file?.text ?? target.raw);
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

/** The first spec file that a text names, and where in it. */
export function specFileIn(text: string): { text: string; index: number } | undefined {
  const ending = ENDING.exec(text);
  if (ending === null) return undefined;
  // Backwards from its end: tried from every letter, a long line would take minutes.
  const before = text.slice(Math.max(0, ending.index - LONGEST_NAME), ending.index);
  const stop = ending[0].includes('/') ? /[^\s`*()[\]"'\\]*$/ : /[^\s`*()[\]"'/\\]*$/;
  const name = stop.exec(before)![0] + ending[0];
  return { text: name, index: ending.index + ending[0].length - name.length };
}

/** The first version that a text names, in lower case: `v02.137`. */
export function versionIn(text: string): string | undefined {
  return VERSION.exec(text.replace(/\.(?:md|json)\b/gi, ' '))?.[1]?.toLowerCase();
}
