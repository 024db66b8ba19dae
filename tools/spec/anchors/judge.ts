import { ancestors } from '../lookup.ts';
import type { AnchorStatus, SpecIndex, SpecSection } from '../model.ts';
import { isPrefix, sameTitle } from '../sections/headings.ts';
import { namesakeOf } from './namesake.ts';

/** Everything that is wrong with a section as an anchor. */
export function judge(
  index: SpecIndex,
  section: SpecSection,
  title: string,
  noted = false,
): { statuses: AnchorStatus[]; reasons: string[] } {
  const statuses: AnchorStatus[] = [];
  const reasons: string[] = [];
  const add = (status: AnchorStatus, reason: string): void => {
    statuses.push(status);
    reasons.push(reason);
  };
  // A note may as well name a part of the section: only another section's title speaks against it.
  if (!noted && !sameTitle(title, section.title)) {
    add('TITLE_MISMATCH', `the heading says "${section.title}", the anchor says "${title}"`);
  }
  const namesake = statuses.length === 0 ? namesakeOf(index, section, title) : undefined;
  if (namesake) {
    const where = `${namesake.number} at line ${namesake.line}`;
    add('TITLE_MISMATCH', `the heading says "${section.title}", and "${title}" is the title of ${where}`);
  }
  if (section.kind === 'appendix') add('APPENDIX', 'it stands in an appendix');
  if (section.kind === 'roadmap') add('ROADMAP', 'it stands in the roadmap');
  if (section.authority === 'NO') {
    add('NOT_MAIN_BODY', `the Coverage Matrix says NO for ${section.number ?? 'its number'}`);
  }
  if (section.container !== undefined) {
    add('IN_TEMPLATE_FENCE', `it stands inside the template fence of line ${section.container}`);
  }
  if (section.hiddenBy !== undefined) {
    add(
      'HIDDEN_BY_BROKEN_FENCE',
      `the broken fence of line ${section.hiddenBy} hides it from a strict reader`,
    );
  }
  if (section.kind === 'body' && !rightPlace(index, section)) {
    const around = ancestors(index.sections, section).find((candidate) => isChapter(candidate));
    add('MISPLACED', `it stands under ${around?.number ?? 'no numbered chapter'}, not where its number says`);
  }
  return { statuses, reasons };
}

/** The same of a place in a section: what its number says is said by the nearest section that has one. */
export function judgePlace(
  index: SpecIndex,
  section: SpecSection,
): { statuses: AnchorStatus[]; reasons: string[] } {
  const own = judge(index, section, '');
  if (section.number !== undefined) return own;
  const numbered = ancestors(index.sections, section).find(({ number }) => number !== undefined);
  if (!numbered) return own;
  const around = judge(index, numbered, '');
  return {
    statuses: [...new Set([...own.statuses, ...around.statuses])],
    reasons: [...new Set([...own.reasons, ...around.reasons])],
  };
}

/**
 * Is the chapter (`X.Y`, or a top-level `X`) around the section the one that its number begins with? Numbers
 * repeat (`11.5` has four headings), and a template's or an appendix's numbers are its own.
 */
export function rightPlace(index: SpecIndex, section: SpecSection): boolean {
  if (section.number === undefined) return true;
  if (section.kind === 'appendix') return false;
  const chapter = [section, ...ancestors(index.sections, section)].find((candidate) => isChapter(candidate));
  return chapter?.number !== undefined && isPrefix(chapter.number, section.number);
}

function isChapter(section: SpecSection): boolean {
  return section.container === undefined && section.level <= 2 && section.number !== undefined;
}
