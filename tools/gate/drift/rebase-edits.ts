import type { Refinement } from '../../artifacts/index.ts';
import type { Field } from '../../markdown/index.ts';
import { editAt, type LineEdit, replacing } from './edit.ts';
import type { Affected } from './fate.ts';

/** Window lines, the version in each anchor, the file and the hash that the document pins: and nothing else. */
export function refinementEdits(
  refinement: Refinement,
  moved: readonly Affected[],
  { file, sha1 }: { file: string; sha1: string },
): LineEdit[] {
  const { pin } = refinement;
  const edits: LineEdit[] = [];
  for (const { pin: anchor, window, specLine } of moved) {
    const written = refinement.anchors.find(({ anchor: field }) => field?.place.line === anchor.line);
    if (written === undefined || window === undefined) continue;
    edits.push(...digits(written.startLine, window.start), ...digits(written.endLine, window.end));
    if (anchor.specLine !== undefined && specLine !== undefined) {
      const { text, place } = anchor.anchor;
      const at = text.indexOf(`:${anchor.specLine}`) + 1;
      edits.push(editAt(place, at, String(anchor.specLine).length, String(specLine)));
    }
    if (anchor.spec.file !== undefined) {
      edits.push(...replacing(refinement.file, anchor.anchor.place, anchor.spec.file, file));
    }
  }
  if (pin.file) edits.push(editAt(pin.file.place, 0, pin.file.text.length, file));
  if (pin.sha1)
    edits.push(editAt(pin.sha1.place, 0, pin.sha1.text.length, inCaseOf(refinement, pin.sha1, sha1)));
  return edits.filter(({ line, column, length, text }) => {
    const now = refinement.file.lines[line - 1]!.slice(column - 1, column - 1 + length);
    return now !== text;
  });
}

function digits(field: Field | undefined, line: number): LineEdit[] {
  return field === undefined ? [] : [editAt(field.place, 0, field.value.length, String(line))];
}

/** Some write hashes in capitals; a line that only moved keeps its looks. */
function inCaseOf(
  { file }: Refinement,
  { place }: { place: { line: number; column: number } },
  sha1: string,
): string {
  const written = file.lines[place.line - 1]!.slice(place.column - 1, place.column + 39);
  return written === written.toUpperCase() && /[A-F]/.test(written) ? sha1.toUpperCase() : sha1;
}
