import { linePlace } from '../../findings/index.ts';
import { type AuditRowDraft, changedAuditRow } from '../print/records.ts';
import type { AuditFacts } from '../tree/facts.ts';
import type { Expected } from './expected.ts';
import type { Told } from './told.ts';

/** As the reader knows a row that counts for nothing, and whose signature stays used all the same. */
const INVALID = '(INVALID - TAKEN BACK) ';
const NOTES = 'Approved after Technical Refinement';

/** The rows of the signature audit: one for each signature that was ever recorded, newest first. */
export function auditRows(
  { path, rows }: AuditFacts,
  expected: readonly Expected[],
  { drift }: Told,
): AuditRowDraft[] {
  const drafts: AuditRowDraft[] = [...rows];
  for (const { wpId, signatures } of expected) {
    for (const { signature, usedBy, at, specVersion, inForce, owner } of signatures) {
      const activation = `Task packet activation: ${wpId}`;
      const purpose = `${inForce ? '' : INVALID}${activation}`;
      const own = rows.filter((row) => row.signature === signature);
      const row =
        own.find((each) => each.purpose === purpose) ?? own.find(({ purpose: said }) => isOurs(said));
      // A row that says something else is the use of somebody else, and a finding of its own.
      const further = own.filter((each) => each !== row && row !== undefined && isOurs(each.purpose));
      const tell = (place: (typeof rows)[number]['place'], found: string, wanted: string): void => {
        drift.push({ surface: 'audit', wpId, place, found, expected: wanted, owner });
      };
      if (row === undefined) {
        tell(linePlace(path, 1), `no row for ${signature}`, purpose);
        const wanted = { signature, usedBy, at, purpose, specVersion, notes: NOTES };
        const older = drafts.findIndex((each) => each.at <= at);
        drafts.splice(older < 0 ? drafts.length : older, 0, wanted);
      } else if (row.purpose !== purpose) {
        tell(row.purposePlace, row.purpose, purpose);
        drafts[drafts.indexOf(row)] = changedAuditRow(row, { purpose });
      }
      for (const each of further) {
        tell(each.place, `a second row for ${signature}`, 'one');
        drafts.splice(drafts.indexOf(each), 1);
      }

      function isOurs(said: string): boolean {
        return said === activation || said === `${INVALID}${activation}`;
      }
    }
  }
  return drafts;
}
