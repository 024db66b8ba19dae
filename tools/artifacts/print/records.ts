import type { Registry, RegistryRow } from '../registry.ts';
import type { NotePart } from '../registry-notes.ts';
import type { AuditRow, SignatureAudit } from '../signature-audit.ts';
import { splice } from './lines.ts';
import { printTable } from './table.ts';

const REGISTRY_CELLS = ['baseWpId', 'activePacket', 'taskBoard', 'notes'] as const;
const AUDIT_CELLS = ['signature', 'usedBy', 'at', 'purpose', 'specVersion', 'notes'] as const;

/** A registry row as it is to stand: one that was read (then it has a place), changed or not, or a new one. */
export type RegistryRowDraft = Pick<RegistryRow, (typeof REGISTRY_CELLS)[number]> &
  Partial<Pick<RegistryRow, 'place'>>;
/** The same of the signature audit. */
export type AuditRowDraft = Pick<AuditRow, (typeof AUDIT_CELLS)[number]> & Partial<Pick<AuditRow, 'place'>>;

export interface RegistryDraft extends Pick<Registry, 'kind' | 'file'> {
  rows: readonly RegistryRowDraft[];
}

export interface AuditDraft extends Pick<SignatureAudit, 'kind' | 'file'> {
  rows: readonly AuditRowDraft[];
}

/** The row with other values: what was derived from the old ones is left out. */
export function changedRow(row: RegistryRowDraft, change: Partial<RegistryRowDraft>): RegistryRowDraft {
  const { baseWpId, activePacket, taskBoard, notes, place } = row;
  return { baseWpId, activePacket, taskBoard, notes, ...(place === undefined ? {} : { place }), ...change };
}

/** The row with another text for one part of its notes; the other parts stay as they are written. */
export function changedNote(row: RegistryRow, part: NotePart, text: string): RegistryRowDraft {
  const at = row.parts.indexOf(part);
  if (at < 0) return changedRow(row, {});
  // The text of the cell has its pipes without their escapes, so that places do not count in it.
  let from = 0;
  for (const before of row.parts.slice(0, at))
    from = row.notes.indexOf(before.text, from) + before.text.length;
  const column = row.notes.indexOf(part.text, from) + 1;
  return changedRow(row, { notes: splice(row.notes, column, part.text.length, text) });
}

/** The audit row with other values. */
export function changedAuditRow(row: AuditRowDraft, change: Partial<AuditRowDraft>): AuditRowDraft {
  const { signature, usedBy, at, purpose, specVersion, notes, place } = row;
  const values = { signature, usedBy, at, purpose, specVersion, notes };
  return { ...values, ...(place === undefined ? {} : { place }), ...change };
}

/** Prints the traceability registry: rows changed, added, taken out or in another order. */
export function printRegistry({ file, rows }: RegistryDraft): string {
  const drafts = rows.map((row) => ({ cells: REGISTRY_CELLS.map((key) => row[key]), line: row.place?.line }));
  return printTable(file, { title: /^Base WP ID$/i, quoted: [0, 1] }, drafts);
}

/** Prints the signature audit in the same way. */
export function printAudit({ file, rows }: AuditDraft): string {
  const drafts = rows.map((row) => ({ cells: AUDIT_CELLS.map((key) => row[key]), line: row.place?.line }));
  return printTable(file, { title: /^Signature$/i, quoted: [0] }, drafts);
}
