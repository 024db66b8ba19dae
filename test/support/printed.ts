import type { FieldDocument } from '../../tools/artifacts/index.ts';
import type { Field } from '../../tools/markdown/index.ts';
import { decode, type TextFile } from '../../tools/text/index.ts';

/** A printed text as a reader gets it: through its bytes. */
export function printed(file: TextFile, text: string): TextFile {
  return decode(file.path, new TextEncoder().encode(text));
}

/** The lines, with their ends, that one text has and the other has not: as often as each occurs. */
export function changedLines(before: TextFile, after: TextFile): { gone: string[]; come: string[] } {
  const counts = new Map<string, number>();
  for (const line of rawLines(before)) counts.set(line, (counts.get(line) ?? 0) + 1);
  const come: string[] = [];
  for (const line of rawLines(after)) {
    const left = counts.get(line) ?? 0;
    if (left === 0) come.push(line);
    else counts.set(line, left - 1);
  }
  return { gone: [...counts].flatMap(([line, left]) => Array<string>(left).fill(line)), come };
}

function rawLines({ text }: TextFile): string[] {
  return text.split(/(?<=\n)/);
}

/** Every field that a document has, each once. */
export function fieldsIn(document: FieldDocument): Field[] {
  const fields =
    document.kind === 'refinement'
      ? [...document.fields, ...document.anchors.flatMap((anchor) => anchor.fields)]
      : document.fields;
  return [...new Map(fields.map((field) => [field.keyPlace.line, field])).values()];
}
