import { ancestors } from '../lookup.ts';
import type { MatrixRow, SpecIndex, SpecSection } from '../model.ts';
import { matrixRow } from './matrix.ts';

/** The rows of the Coverage Matrix that give a section its authority, by its number and by its place. */
export function authorityRows(
  index: SpecIndex,
  section: SpecSection,
): { byNumber?: MatrixRow; byPlace?: MatrixRow } {
  const rows = new Map((index.matrix ?? []).map((row) => [row.number, row]));
  const byNumber = section.number === undefined ? undefined : matrixRow(rows, section.number);
  const around = [section, ...ancestors(index.sections, section)].find(
    ({ container, number }) => container === undefined && number !== undefined && rows.has(number),
  );
  const byPlace = around && rows.get(around.number!);
  return { ...(byNumber && { byNumber }), ...(byPlace && { byPlace }) };
}
