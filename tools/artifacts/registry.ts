import type { Place } from '../findings/index.ts';
import { partPlace, readTables, type TableCell, type TableRow } from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { openDocument, present } from './document.ts';
import { type NotePart, readNotes } from './registry-notes.ts';
import type { Sited } from './sited.ts';

/** One row: which file is in force for a base work packet. */
export interface RegistryRow {
  baseWpId: string;
  activePacket: string;
  /** `Done: WP-1-Demo-v1`, as written. */
  taskBoard: string;
  /** The same cell taken apart: where on the board, and under which id. */
  boardSection?: Sited;
  boardId?: Sited;
  notes: string;
  /** The notes taken apart at their semicolons, in order: what nobody knows is a part too. */
  parts: NotePart[];
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
  notesPlace: Place;
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
  const at = (index: number): Place => row.cells[index]?.place ?? whole;
  const parts = row.cells[3] === undefined ? [] : readNotes(row.cells[3]);
  const value = (kind: NotePart['kind']): string | undefined =>
    parts.findLast((part) => part.kind === kind)?.value?.text;
  return {
    baseWpId: unquoted(text(0)),
    activePacket: unquoted(text(1)),
    taskBoard: text(2),
    ...readBoardCell(row.cells[2]),
    notes: text(3),
    parts,
    supersedes: parts.flatMap(({ kind, ids }) => (kind === 'supersedes' ? ids.map((id) => id.text) : [])),
    ...present({ active: value('active'), activatedFrom: value('activated_from') }),
    cells: row.cells.length,
    place: at(0),
    activePlace: at(1),
    boardPlace: at(2),
    notesPlace: at(3),
  };
}

/** `Ready for Dev: WP-1-Demo-v1`. */
function readBoardCell(cell: TableCell | undefined): { boardSection?: Sited; boardId?: Sited } {
  if (cell === undefined || cell.text === '') return {};
  const { text } = cell;
  const colon = text.lastIndexOf(':');
  const sited = (start: number, own: string): Sited | undefined =>
    own === '' ? undefined : { text: own, place: partPlace(cell, start, own.length) };
  const id = /^\s*`?(WP-[^\s`]+)`?$/d.exec(colon < 0 ? '' : text.slice(colon + 1));
  if (id === null) return present({ boardSection: sited(0, text) });
  return present({
    boardSection: sited(0, text.slice(0, colon).trimEnd()),
    boardId: sited(colon + 1 + id.indices![1]![0], id[1]!),
  });
}

function unquoted(text: string): string {
  return text.replace(/^`(.*)`$/, '$1');
}
