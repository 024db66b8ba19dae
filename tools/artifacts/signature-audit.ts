import type { Place } from '../findings/index.ts';
import { readTables, type TableRow } from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { minuteOf, type PurposeKind, purposeKind } from './audit-purpose.ts';
import { openDocument } from './document.ts';
import { wpIdsIn } from './wp-id.ts';

/** A signature that somebody recorded as used. The row could have been typed by anyone. */
export interface AuditRow {
  signature: string;
  usedBy: string;
  /** The Date/Time cell as written. */
  at: string;
  /** The same as a time; absent where no calendar knows it. */
  minute?: string;
  purpose: string;
  kind: PurposeKind;
  /** Work packets that the purpose names. */
  wpIds: string[];
  specVersion: string;
  notes: string;
  /** Set aside by hand: `(INVALID - REUSED BY ERROR)`. */
  invalid: boolean;
  /** Cells of the row as read: a row of another length is broken. */
  cells: number;
  place: Place;
  atPlace: Place;
  purposePlace: Place;
}

export interface SignatureAudit {
  kind: 'audit';
  path: string;
  file: TextFile;
  /** Line of the table's header; absent where there is no table: then nothing can be recorded as used. */
  headerLine?: number;
  rows: AuditRow[];
}

/** Reads the table whose first column is `Signature`. */
export function readSignatureAudit(file: TextFile): SignatureAudit {
  const { visible } = openDocument(file);
  const table = readTables(file.path, visible).find(({ header }) =>
    /^Signature$/i.test(header[0]?.text ?? ''),
  );
  return {
    kind: 'audit',
    path: file.path,
    file,
    ...(table === undefined ? {} : { headerLine: table.line }),
    rows: (table?.rows ?? []).map((row) => readRow(file, row)),
  };
}

function readRow(file: TextFile, { line, cells }: TableRow): AuditRow {
  const text = (index: number): string => cells[index]?.text ?? '';
  const at = (index: number): Place =>
    cells[index]?.place ?? spanPlace(file.path, line, 1, file.lines[line - 1]!.length);
  const kind = purposeKind(text(3));
  const minute = minuteOf(text(2));
  return {
    signature: text(0).replace(/^`(.*)`$/, '$1'),
    usedBy: text(1),
    at: text(2),
    ...(minute === undefined ? {} : { minute }),
    purpose: text(3),
    kind,
    wpIds: wpIdsIn(text(3), file.path, line).map(({ id }) => id),
    specVersion: text(4),
    notes: text(5),
    invalid: kind === 'invalid',
    cells: cells.length,
    place: at(0),
    atPlace: at(2),
    purposePlace: at(3),
  };
}
