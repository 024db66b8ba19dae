import { type Finding, GovError, type Place, TreeError } from '../findings/index.ts';
import {
  entrypointPath,
  governanceLine,
  isJsonPointer,
  type NamedFile,
  namedGovernance,
  namedSpec,
  pointerLines,
} from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { malformed } from './json/json.ts';
import { openJson } from './json/json-document.ts';
import type { JsonText } from './json/json-node.ts';
import { bytesOf } from './json/json-print.ts';
import { versionIn } from './spec-pin.ts';

/** A name or a version that the pointer holds beside the spec that it names. */
export interface PointerMention {
  /** As written at the place: a file of the spec, or a version. */
  text: string;
  version: string;
  /** A file of the spec is what another resolver may take for the current one. */
  file: boolean;
  place: Place;
}

/** SPEC_CURRENT, in either of its forms: which Master Spec is in force. */
export interface SpecPointer {
  kind: 'pointer';
  path: string;
  file: TextFile;
  form: 'markdown' | 'json';
  /** The bold file after the marker, or the entry point. */
  spec?: JsonText;
  /** `v02.137`: of the file's name. */
  version?: string;
  /** The governance reference (the Codex); its name may hold blanks. */
  governance?: JsonText;
  mentions: PointerMention[];
  findings: Finding[];
}

const SPEC_FILE = /[^\s`*()[\]"'/\\]*[-_ ]spec[-_ ](v\d+(?:\.\d+)+)\.(?:md|json)\b/gi;
const VERSION = /(?<![a-z0-9])v\d+(?:\.\d+)+(?!\.?[a-z0-9])/gi;

/** Reads the pointer as the spec's own reader does, with all that it says beside it. */
export function readSpecPointer(file: TextFile): SpecPointer {
  return isJsonPointer(file.text) ? jsonPointer(file) : markdownPointer(file);
}

/**
 * The pointer with the names that the model holds. Only these are written; where the form has no place for a
 * name, or the name cannot stand there, nothing is printed that would name another.
 */
export function printSpecPointer(pointer: SpecPointer): string {
  const was = readSpecPointer(pointer.file);
  let file = pointer.file;
  // The later name first, so that the earlier one keeps its place.
  const keys = (['spec', 'governance'] as const).toSorted(
    (a, b) => (was[b]?.place.line ?? 0) - (was[a]?.place.line ?? 0),
  );
  for (const key of keys) {
    const [before, after] = [was[key], pointer[key]];
    if (before?.text === after?.text) continue;
    if (before === undefined || after === undefined) {
      const [first = malformed(spanPlace(file.path, 1, 1, 0), `Unexpected pointer without a ${key}`)] =
        was.findings;
      throw new TreeError(first);
    }
    file = replaced(file, before.place, was.form === 'json' ? JSON.stringify(after.text) : after.text);
    const back = readSpecPointer(file)[key]?.text;
    if (back !== after.text)
      throw new GovError(`${JSON.stringify(after.text)} is no name of a file that SPEC_CURRENT can hold`);
  }
  return bytesOf(file);
}

function markdownPointer(file: TextFile): SpecPointer {
  const visible = pointerLines(file.lines);
  const [spec, governance] = [namedSpec(visible), namedGovernance(visible)];
  const version = versionIn(spec?.name ?? '');
  return {
    kind: 'pointer',
    path: file.path,
    file,
    form: 'markdown',
    ...(spec && { spec: named(file, spec) }),
    ...(version !== undefined && { version }),
    ...(governance && { governance: named(file, governance) }),
    mentions: mentionsIn(file, visible, spec),
    findings: [],
  };
}

function named(file: TextFile, { name, line, column }: NamedFile): JsonText {
  return { text: name, source: name, place: spanPlace(file.path, line, column, name.length) };
}

/** Versions count above the governance reference only: that has a version of its own. */
function mentionsIn(
  file: TextFile,
  visible: readonly string[],
  spec: NamedFile | undefined,
): PointerMention[] {
  const mentions: PointerMention[] = [];
  const governance = governanceLine(visible);
  for (const [index, text] of visible.entries()) {
    const line = index + 1;
    const add = (match: RegExpMatchArray, version: string, isFile: boolean): void => {
      const [found, column] = [match[0], match.index! + 1];
      const isSpec = line === spec?.line && column >= spec.column && column < spec.column + spec.name.length;
      if (isSpec) return;
      const place = spanPlace(file.path, line, column, found.length);
      mentions.push({ text: found, version: version.toLowerCase(), file: isFile, place });
    };
    for (const match of text.matchAll(SPEC_FILE)) add(match, match[1]!, true);
    if (governance >= 0 && index >= governance) continue;
    const rest = text.replace(SPEC_FILE, (found) => ' '.repeat(found.length));
    for (const match of rest.matchAll(VERSION)) add(match, match[0], false);
  }
  return mentions;
}

function jsonPointer(file: TextFile): SpecPointer {
  const document = openJson(file);
  const path = entrypointPath(document.root?.value);
  const stated = path?.reduce((node, key) => node?.at(key), document.root);
  const spec = stated?.text('entrypoint_path');
  const version = versionIn(spec?.text ?? '');
  return {
    kind: 'pointer',
    path: file.path,
    file,
    form: 'json',
    ...(spec && { spec }),
    ...(version !== undefined && { version }),
    // What version the entry point is, the JSON form states itself.
    mentions: [],
    // Of one that names no spec, the spec's own reader says what is wrong.
    findings: spec === undefined ? [] : document.findings,
  };
}

function replaced(file: TextFile, { line, column, endColumn }: Place, by: string): TextFile {
  const lines = file.text.split('\n');
  const text = lines[line - 1]!;
  lines[line - 1] = text.slice(0, column - 1) + by + text.slice(endColumn - 1);
  return { ...file, text: lines.join('\n'), lines: lines.map((each) => each.replace(/\r$/, '')) };
}
