import type { SpecIndex, SpecSection } from '../spec/index.ts';

/** Asked of every block and of every line that names an event: a section is judged once. */
const judged = new WeakMap<SpecSection, boolean>();

/** Appendices, archived copies and non-normative sections, with everything under them. */
export function isSecondary(section: SpecSection | undefined, index: SpecIndex): boolean {
  const climbed: SpecSection[] = [];
  let verdict = false;
  for (let at = section; at !== undefined; at = parentOf(at, index)) {
    const known = judged.get(at);
    if (known === undefined) climbed.push(at);
    verdict = known ?? isMarked(at);
    if (verdict || known !== undefined) break;
  }
  for (const each of climbed) judged.set(each, verdict);
  return verdict;
}

function isMarked({ kind, title, tags }: SpecSection): boolean {
  return kind === 'appendix' || /\barchived copy\b|\bnon-normative\b/i.test(`${title} ${tags.join(' ')}`);
}

function parentOf({ parent }: SpecSection, index: SpecIndex): SpecSection | undefined {
  return parent === undefined ? undefined : index.sections[parent];
}
