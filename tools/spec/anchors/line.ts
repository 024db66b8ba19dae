import { linesOf, sectionAt } from '../lookup.ts';
import type { AnchorQuery, SpecFile, SpecIndex } from '../model.ts';
import { sameTitle } from '../sections/headings.ts';
import { hintsFor } from './hints.ts';
import { judgePlace } from './judge.ts';
import { failed, type Outcome } from './outcome.ts';

/** A line means something in the version that it was counted in, and in no other. */
export function resolveLine(index: SpecIndex, query: AnchorQuery, file: SpecFile | undefined): Outcome {
  const line = query.line!;
  if (!file) {
    const hints = hintsFor(index, '', query.title);
    return failed(
      'UNRESOLVED',
      `line ${line} is one of ${query.file}, and this is ${index.version}`,
      ...hints,
    );
  }
  if (line < 1 || line > file.lines.length) {
    return failed('UNRESOLVED', `${file.path} has ${file.lines.length} lines, none of them ${line}`);
  }
  const section = sectionAt(index, file.path, line);
  if (!section) return failed('UNRESOLVED', `line ${line} stands in no section`);
  const judged = judgePlace(index, section);
  const near = linesOf(index, { file: file.path, line, endLine: line + 2 }).join(' ');
  const mismatch = !sameTitle(query.title, `${section.title} ${near}`);
  return {
    statuses: [...judged.statuses, ...(mismatch ? ['TITLE_MISMATCH' as const] : [])],
    flags: [],
    section,
    candidates: [section],
    reasons: [
      `line ${line} stands in the section of line ${section.line}`,
      ...(mismatch ? [`nothing there says "${query.title}"`] : []),
      ...judged.reasons,
    ],
  };
}
