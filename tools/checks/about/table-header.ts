import { readTables, type TableCell } from '../../markdown/index.ts';
import type { TextFile } from '../../text/index.ts';

/** The cells of a table's header, by its line. */
export function headerOf(file: TextFile, line: number): TableCell[] {
  return readTables(file.path, file.lines, line, line + 1)[0]?.header ?? [];
}
