import { type BoardDraft, printBoard } from './board.ts';
import { type FieldDocument, printFields } from './fields.ts';
import { type AuditDraft, printAudit, printRegistry, type RegistryDraft } from './records.ts';

/** A model as it was read, or one of which values were changed. */
export type Printable = FieldDocument | BoardDraft | RegistryDraft | AuditDraft;

/**
 * The text of a governed document, BOM included. What is as it was read keeps its bytes; what was changed is
 * put in its place, and reads back as itself, or {@link Unprintable} is thrown and nothing is printed. What a
 * reader derives (states, ids in notes) follows from the values by reading again.
 */
export function printDocument(model: Printable): string {
  switch (model.kind) {
    case 'board':
      return printBoard(model);
    case 'registry':
      return printRegistry(model);
    case 'audit':
      return printAudit(model);
    default:
      return printFields(model);
  }
}
