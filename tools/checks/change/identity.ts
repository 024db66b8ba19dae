import type { Finding } from '../../findings/index.ts';

/** What a finding is, wherever in its file it stands: a fixed one is known again, and a moved one too. */
export interface Identity {
  rule: string;
  file: string;
  /** Without positions. Here and in the file's name the version in force, and that of any spec file, is `v*`. */
  message: string;
}

/** `9:1`, `FILE.md:30019`, `line 7`. */
const POSITIONS = /\b(line )\d+|(\.\w+):\d+(?::\d+)?|\b\d+:\d+\b/g;

/** Text that names the spec of yesterday names the one of today tomorrow: `Demo_Spec_v02.137.md`. */
const SPEC_FILES = /(_Spec_)v\d+(?:\.\d+)+/g;

/** The spec's version is none of the finding's: a bump would make every old finding a new one. */
export function identityOf(finding: Finding, specVersion?: string): Identity {
  const { rule, place, message } = finding;
  const placeless = message.replace(
    POSITIONS,
    (_, line: string | undefined, end: string | undefined) => line ?? end ?? '',
  );
  const versionless = (text: string): string => {
    const nameless = withoutSpecVersions(text);
    return specVersion ? nameless.replaceAll(specVersion, 'v*') : nameless;
  };
  return { rule, file: versionless(place.file), message: versionless(placeless) };
}

/** Every version in the name of a spec file as `v*`. */
export function withoutSpecVersions(text: string): string {
  return text.replace(SPEC_FILES, '$1v*');
}

export function keyOf({ rule, file, message }: Identity): string {
  return JSON.stringify([file, rule, message]);
}
