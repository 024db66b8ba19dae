import { isDeepStrictEqual } from 'node:util';
import { applyEdits, type FormattingOptions, type JSONPath, modify } from 'jsonc-parser';
import { type Finding, TreeError } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';
import { isRecord } from './json.ts';
import type { JsonDocument } from './json-document.ts';

/**
 * The text of a document with `content` for what it held: only what changed is written anew, so that the rest
 * keeps its digits, its order and, but for the line that is extended, its layout. Unchanged it is the document as it was read, whatever is wrong with it; a
 * change of one that could not be read would destroy what nobody has seen, so that is a TreeError.
 */
export function printEdited(document: JsonDocument, content: unknown): string {
  const { file } = document;
  const before = parsed(document);
  if (isDeepStrictEqual(before, content)) return bytesOf(file);
  refuseBroken(document);
  const formattingOptions: FormattingOptions = {
    insertSpaces: true,
    tabSize: 2,
    eol: file.eol === '\r\n' ? '\r\n' : '\n',
  };
  let text = file.text;
  for (const { path, value, isArrayInsertion } of changes(before, content, [])) {
    text = applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion }));
  }
  return bytesOf({ ...file, text });
}

/** The same for a document that has one canonical form: changed, it is written in that. */
export function printCanonical(
  document: JsonDocument,
  content: unknown,
  canonical: (content: unknown) => string,
): string {
  if (isDeepStrictEqual(parsed(document), content)) return bytesOf(document.file);
  refuseBroken(document);
  return canonical(content);
}

/** The text of the whole file, its BOM included. */
export function bytesOf({ bom, text }: TextFile): string {
  return bom ? `\ufeff${text}` : text;
}

/** Parsed anew: who changes a value in place has changed the one that was read. */
export function parsed({ file, from, to, root }: JsonDocument): unknown {
  return root === undefined ? undefined : JSON.parse(file.text.slice(from, to));
}

export function refuseBroken({ findings }: { findings: readonly Finding[] }): void {
  const [first] = findings;
  if (first !== undefined) throw new TreeError(first);
}

interface Change {
  path: JSONPath;
  /** Undefined takes away what is there. */
  value: unknown;
  isArrayInsertion: boolean;
}

/** What to do to `before`, one after the other. */
function* changes(before: unknown, after: unknown, path: JSONPath): Generator<Change> {
  if (isDeepStrictEqual(before, after)) return;
  // Taking the last item out of a list on one line is what `modify` does wrong: a shorter list is written anew.
  if (Array.isArray(before) && Array.isArray(after) && after.length >= before.length) {
    for (const [at, item] of before.entries()) yield* changes(item, after[at], [...path, at]);
    for (let at = before.length; at < after.length; at++) yield change([...path, at], after[at], true);
  } else if (isRecord(before) && isRecord(after)) {
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) yield change([...path, key], undefined);
    }
    for (const [key, value] of Object.entries(after)) {
      if (Object.hasOwn(before, key)) yield* changes(before[key], value, [...path, key]);
      else yield change([...path, key], value);
    }
  } else yield change(path, after);
}

function change(path: JSONPath, value: unknown, isArrayInsertion = false): Change {
  return { path, value, isArrayInsertion };
}
