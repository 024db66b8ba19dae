import type { SpecIndex, SpecSection } from '../spec/index.ts';

/** Appendices, archived copies and non-normative sections, with everything under them. */
export function isSecondary(section: SpecSection | undefined, index: SpecIndex): boolean {
  for (
    let at = section;
    at !== undefined;
    at = at.parent === undefined ? undefined : index.sections[at.parent]
  ) {
    if (at.kind === 'appendix') return true;
    if (/\barchived copy\b|\bnon-normative\b/i.test(`${at.title} ${at.tags.join(' ')}`)) return true;
  }
  return false;
}
