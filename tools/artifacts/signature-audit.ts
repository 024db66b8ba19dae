import type { Place } from '../findings/index.ts';
import { readTables } from '../markdown/index.ts';
import { spanPlace, type TextFile } from '../text/index.ts';
import { openDocument } from './document.ts';
import { wpIdsIn } from './wp-id.ts';

/** A signature that somebody recorded as used. The row could have been typed by anyone. */
export interface AuditRow {
  signature: string;
  usedBy: string;
  at: string;
  purpose: string;
  /** Work packets that the purpose names. */
  wpIds: string[];
  specVersion: string;
  notes: string;
  /** Set aside by hand: `(INVALID - REUSED BY ERROR)`. */
  invalid: boolean;
  place: Place;
}

export interface SignatureAudit {
  kind: 'audit';
  path: string;
  file: TextFile;
  rows: AuditRow[];
}

/** Reads the table whose first column is `Signature`. */
export function readSignatureAudit(file: TextFile): SignatureAudit {
  const { visible } = openDocument(file);
  const table = readTables(file.path, visible).find(({ header }) =>
    /^Signature$/i.test(header[0]?.text ?? ''),
  );
  const rows = (table?.rows ?? []).map(({ line, cells }): AuditRow => {
    const text = (index: number): string => cells[index]?.text ?? '';
    return {
      signature: text(0).replace(/^`(.*)`$/, '$1'),
      usedBy: text(1),
      at: text(2),
      purpose: text(3),
      wpIds: wpIdsIn(text(3), file.path, line).map(({ id }) => id),
      specVersion: text(4),
      notes: text(5),
      invalid: /^\(INVALID\b/.test(text(3)),
      place: cells[0]?.place ?? spanPlace(file.path, line, 1, file.lines[line - 1]!.length),
    };
  });
  return { kind: 'audit', path: file.path, file, rows };
}
