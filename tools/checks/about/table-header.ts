import { linePlace, type Place } from '../../findings/index.ts';
import { readTables } from '../../markdown/index.ts';
import type { TextFile } from '../../text/index.ts';

interface Mismatch {
  place: Place;
  args: { found: string; expected: string };
  found?: string;
}

/** A record that is one table: its header as found, and as it should be. */
interface Header {
  path: string;
  file: TextFile;
  /** None, when no table is the record's. */
  line: number | undefined;
  columns: readonly string[];
  /** What to say where there is no table. */
  missing: string;
}

/** Where a record's table is not the expected one: it is missing, or a column has another name. */
export function* headerMismatches({ path, file, line, columns, missing }: Header): Generator<Mismatch> {
  if (line === undefined) {
    const expected = `a table with the columns ${columns.join(', ')}`;
    yield { place: linePlace(path, Math.max(file.lines.length, 1)), args: { found: missing, expected } };
    return;
  }
  const header = readTables(path, file.lines, line, line + 1)[0]?.header ?? [];
  for (const [index, { text, place }] of header.entries()) {
    const column = columns[index];
    if (text.toLowerCase() === column?.toLowerCase()) continue;
    const expected = column === undefined ? `${columns.length} columns` : `"${column}"`;
    yield { place, args: { found: `column "${text}"`, expected }, found: text };
  }
}
