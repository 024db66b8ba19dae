import { addenda, fingerprintOfLines, linesOf } from '../lookup.ts';
import type { AnchorQuery, SpecIndex } from '../model.ts';
import { sameTitle, sharedWords } from '../sections/headings.ts';
import { judge } from './judge.ts';
import { failed, type Outcome } from './outcome.ts';

/** A bold paragraph with a number of its own. */
export function resolveAddendum(index: SpecIndex, query: AnchorQuery): Outcome {
  const same = addenda(index).filter((paragraph) => paragraph.number === query.number);
  const most = Math.max(0, ...same.map((paragraph) => sharedWords(query.title, paragraph.title)));
  const left = same.filter((paragraph) => sharedWords(query.title, paragraph.title) === most);
  const [paragraph] = left;
  if (!paragraph) {
    return failed('UNRESOLVED', `no paragraph begins with "Addendum: ${query.number ?? ''}"`);
  }
  const candidates = same.flatMap((candidate) => candidate.section ?? []);
  if (left.length > 1) {
    return {
      statuses: ['AMBIGUOUS'],
      flags: [],
      candidates,
      reasons: [`${left.length} addendum paragraphs have the number ${paragraph.number}`],
    };
  }
  const judged = paragraph.section ? judge(index, paragraph.section, '') : { statuses: [], reasons: [] };
  const mismatch = !sameTitle(query.title, paragraph.title);
  return {
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : []), 'ADDENDUM_PARAGRAPH'],
    flags: [],
    ...(paragraph.section && { section: paragraph.section }),
    paragraph,
    fingerprint: fingerprintOfLines(linesOf(index, paragraph)),
    candidates,
    reasons: [
      ...(mismatch ? [`the paragraph says "${paragraph.title}", the anchor says "${query.title}"`] : []),
      `it is a bold paragraph at line ${paragraph.line}, not a heading`,
      ...judged.reasons,
    ],
  };
}
