import type { AnchorFlag, SpecIndex, SpecSection } from '../model.ts';
import { partsOf, sameTitle, sharedWords } from '../sections/headings.ts';
import { hintsFor } from './hints.ts';
import { judge, rightPlace } from './judge.ts';
import type { Outcome } from './outcome.ts';

/** A section by its number, judged. */
export function choose(
  all: readonly SpecSection[],
  number: string,
  title: string,
  index: SpecIndex,
  noted = false,
): Outcome {
  const picked = pick(all, number, title, index);
  const { section } = picked;
  if (!section) return picked;
  const judged = judge(index, section, title, noted);
  const lost = !noted && !sameTitle(title, section.title);
  const hints = lost ? hintsFor(index, number, title) : [];
  return {
    ...picked,
    statuses: judged.statuses,
    reasons: [...picked.reasons, ...judged.reasons, ...hints],
  };
}

/** Number first; then place, title and depth decide among several: depth follows the title, not its author. */
export function pick(all: readonly SpecSection[], number: string, title: string, index: SpecIndex): Outcome {
  const flags: AnchorFlag[] = [];
  const reasons: string[] = [];
  let left = all;
  const narrow = (better: (section: SpecSection) => boolean): boolean => {
    if (left.length < 2) return false;
    const kept = left.filter(better);
    if (kept.length === 0 || kept.length === left.length) return false;
    left = kept;
    return true;
  };
  const placed = narrow((section) => rightPlace(index, section));
  if (all.length > 1) reasons.push(`${all.length} headings have the number ${number}`);
  if (left.length > 1 && title !== '') {
    const most = Math.max(...left.map((section) => sharedWords(title, section.title)));
    if (most > 0 && narrow((section) => sharedWords(title, section.title) === most)) {
      reasons.push('the title decides among those in the right place');
    }
  }
  const deep = narrow((section) => section.level === partsOf(number).length);
  const section = left.length === 1 ? left[0] : undefined;
  if (!section) {
    const missing = all.length === 0;
    return {
      statuses: [missing ? 'UNRESOLVED' : 'AMBIGUOUS'],
      flags,
      candidates: [...all],
      reasons: missing ? [`no heading has the number ${number}`] : reasons,
    };
  }
  if (placed || deep) {
    flags.push('TIE_BROKEN_BY_PLACE');
    reasons.push(`the one at line ${section.line} stands where its number says`);
  }
  const others = all.filter((candidate) => candidate !== section);
  return { statuses: [], flags, section, candidates: [section, ...others], reasons };
}
