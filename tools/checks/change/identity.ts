import type { Finding } from '../../findings/index.ts';

/** What a finding is, wherever in its file it stands: a fixed one is known again, and a moved one too. */
export interface Identity {
  rule: string;
  file: string;
  /** Without positions. Here and in the file's name the version of the spec in force is written as `v*`. */
  message: string;
}

/** `9:1`, `FILE.md:30019`, `line 7`. */
const POSITIONS = /\b(line )\d+|(\.\w+):\d+(?::\d+)?|\b\d+:\d+\b/g;

/** The spec's version is none of the finding's: a bump would make every old finding a new one. */
export function identityOf(finding: Finding, specVersion?: string): Identity {
  const { rule, place, message } = finding;
  const placeless = message.replace(
    POSITIONS,
    (_, line: string | undefined, end: string | undefined) => line ?? end ?? '',
  );
  const versionless = (text: string): string => (specVersion ? text.replaceAll(specVersion, 'v*') : text);
  return { rule, file: versionless(place.file), message: versionless(placeless) };
}

export function keyOf({ rule, file, message }: Identity): string {
  return JSON.stringify([file, rule, message]);
}
