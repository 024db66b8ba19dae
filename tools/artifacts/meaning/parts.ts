import { canonicalJson, countedLines, sha256, type TextFile } from '../../text/index.ts';
import type { Section } from '../document.ts';

/** One part of a document: a field, or what a section says beside its fields. */
export interface Part {
  /** `SCOPE.IN_SCOPE_PATHS`, `ANCHOR 1.CONTEXT_TOKEN`, `QUALITY_GATE`. */
  name: string;
  /** Where it begins. */
  line: number;
  /** sha256 of its text, as {@link countedLines} counts it. */
  digest: string;
}

/** The recipe of {@link partsOf}: it changes when the recipe does, so that an old digest never lies. */
const RECIPE = 1;

/** No text holds this byte. */
const APART = '\0';

export interface PartOptions {
  /** Lines that somebody else owns, or that only say where things stand. */
  skip?: ReadonlySet<number>;
  /** The line as it counts. */
  counted?(text: string, line: number): string;
}

/**
 * What a document says, part by part, so that a change can be named. Line ends, blanks at the end of a line and
 * further blank lines say nothing; every other character does.
 */
export function partsOf(
  { lines }: Pick<TextFile, 'lines'>,
  sections: readonly Section[],
  { skip, counted = (text) => text }: PartOptions = {},
): Part[] {
  const parts = new Map<string, { line: number; text: string[] }>();
  const heads = new Map(sections.map((section) => [section.line, section]));
  let title = '';
  let name = '(start)';
  /** Of the last line that counted. */
  let before = '';
  for (const [index, own] of lines.entries()) {
    const line = index + 1;
    const section = heads.get(line);
    if (section !== undefined) {
      title = section.title.split('(', 1)[0]!.trim();
      name = title;
    } else if (/^\S/.test(own)) {
      const key = /^[-*+]\s+(?:\*\*)?([A-Z][A-Za-z0-9_ ]{0,60}?)(?:\*\*)?(?:\s*\([^)]*\))?:/.exec(own)?.[1];
      if (key !== undefined) name = title === '' ? key : `${title}.${key}`;
      else if (/^(?:[-*+]\s|#)/.test(own) || name === '(start)') name = title === '' ? '(start)' : title;
    }
    if (skip?.has(line)) continue;
    if (/^[ \t]*$/.test(own)) {
      parts.get(name)?.text.push('');
      continue;
    }
    const part = parts.get(name) ?? { line, text: [] };
    if (part.text.length > 0 && name !== before) goOn(part.text, before);
    part.text.push(counted(own, line));
    parts.set(name, part);
    before = name;
  }
  return [...parts].flatMap(([name, { line, text }]): Part[] => {
    const said = countedLines(text).text;
    return said.length === 0 ? [] : [{ name, line, digest: sha256(said.join('\n')) }];
  });
}

/** Where a part goes on after another one, its text says after which: or a line could change sides unseen. */
function goOn(text: string[], before: string): void {
  while (text.at(-1) === '') text.pop();
  text.push(`${APART}${before}`);
}

/** Name and digest of each part, under the name of the document that they are of. */
export function partDigests(
  ...documents: readonly (readonly [string, readonly Part[]])[]
): Record<string, string> {
  return Object.fromEntries(
    documents.flatMap(([document, parts]) =>
      parts.map(({ name, digest }) => [`${document}:${name}`, digest]),
    ),
  );
}

/** One digest for all of them. */
export function digestOfParts(parts: Readonly<Record<string, string>>): string {
  return sha256(canonicalJson({ recipe: RECIPE, parts }));
}

/** What differs between two states of the same documents, by name. */
export function changedParts(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): { name: string; change: 'changed' | 'added' | 'removed' }[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    const change = before[name] === undefined ? 'added' : now[name] === undefined ? 'removed' : 'changed';
    return [{ name, change } as const];
  });
}
