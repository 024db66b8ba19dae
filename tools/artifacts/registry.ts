import type { Place } from '../findings/index.ts';
import { readTables, type TableRow } from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { openDocument } from './document.ts';

/** One row: which file is in force for a base work packet. */
export interface RegistryRow {
  baseWpId: string;
  activePacket: string;
  /** `Done: WP-1-Demo-v1`, as written. */
  taskBoard: string;
  notes: string;
  /** `active=ID`. */
  active?: string;
  /** `activated from stub PATH`. */
  activatedFrom?: string;
  /** `supersedes: ID, ID`. */
  supersedes: string[];
  /** Cells of the row as read: a row of another length is broken. */
  cells: number;
  place: Place;
  activePlace: Place;
  boardPlace: Place;
}

export interface Registry {
  kind: 'registry';
  path: string;
  file: TextFile;
  /** Line of the table's header; absent where there is no table. */
  headerLine?: number;
  rows: RegistryRow[];
}

/** Reads the table whose first column is `Base WP ID`. */
export function readRegistry(file: TextFile): Registry {
  const { visible } = openDocument(file);
  const table = readTables(file.path, visible).find(({ header }) =>
    /^Base WP ID$/i.test(header[0]?.text ?? ''),
  );
  return {
    kind: 'registry',
    path: file.path,
    file,
    ...(table === undefined ? {} : { headerLine: table.line }),
    rows: (table?.rows ?? []).map((row) => readRow(file, row)),
  };
}

function readRow(file: TextFile, row: TableRow): RegistryRow {
  const text = (index: number): string => row.cells[index]?.text ?? '';
  const whole = spanPlace(file.path, row.line, 1, file.lines[row.line - 1]!.length);
  return {
    baseWpId: unquoted(text(0)),
    activePacket: unquoted(text(1)),
    taskBoard: text(2),
    notes: text(3),
    ...readNotes(text(3)),
    cells: row.cells.length,
    place: row.cells[0]?.place ?? whole,
    activePlace: row.cells[1]?.place ?? whole,
    boardPlace: row.cells[2]?.place ?? whole,
  };
}

/** `active=ID; activated from stub PATH; supersedes: ID, ID`; other notes stay in the cell's text. */
function readNotes(notes: string): Pick<RegistryRow, 'active' | 'activatedFrom' | 'supersedes'> {
  const result: Pick<RegistryRow, 'active' | 'activatedFrom' | 'supersedes'> = { supersedes: [] };
  for (const note of notes.split(';').map((each) => each.trim())) {
    const match = /^(active=|activated from stub\s+|supersedes:\s*)(.*)$/i.exec(note);
    if (match === null) continue;
    const value = unquoted(match[2]!.trim());
    if (/^active=/i.test(match[1]!)) result.active = value;
    else if (/^activated/i.test(match[1]!)) result.activatedFrom = value;
    else result.supersedes.push(...value.split(/\s*,\s*/).filter((id) => id !== ''));
  }
  return result;
}

function unquoted(text: string): string {
  return text.replace(/^`(.*)`$/, '$1');
}
