import { contentWords, isPrefix, partsOf } from '../headings.ts';
import { sectionsByNumber } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';

const MOST = 3;

/** Where a section whose number is gone, or means another section now, may stand today. */
export function hintsFor(index: SpecIndex, number: string, title: string): string[] {
  const hints: string[] = [];
  const same = withTitle(index, title).filter((section) => section.number !== number);
  if (same.length > 0) hints.push(`renumbered? The title stands at ${list(same)}`);
  else if (sectionsByNumber(index, number).length === 0) {
    const near = nearest(index, number);
    if (near.length > 0) hints.push(`nearest: ${list(near)}`);
  }
  return hints;
}

function list(sections: readonly SpecSection[]): string {
  const shown = sections
    .slice(0, MOST)
    .map((section) => `${section.number} "${section.title}" (line ${section.line})`);
  const more = sections.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const titles = new WeakMap<SpecIndex, { section: SpecSection; words: Set<string> }[]>();

/** Numbered sections of the body whose title has all the words of this one; those with no other word first. */
export function withTitle(index: SpecIndex, title: string): SpecSection[] {
  const asked = contentWords(title);
  // One word, `Overview`, stands in too many titles to tell anything.
  if (asked.size < 2) return [];
  let all = titles.get(index);
  if (!all) {
    all = index.sections
      .filter(({ number, kind }) => number !== undefined && kind === 'body')
      .map((section) => ({ section, words: contentWords(section.title) }));
    titles.set(index, all);
  }
  const found = all.filter(({ words }) => [...asked].every((word) => words.has(word)));
  const exact = found.filter(({ words }) => words.size === asked.size);
  return (exact.length > 0 ? exact : found).map(({ section }) => section);
}

/** Its neighbours in number under the closest number above it that is there. */
function nearest(index: SpecIndex, number: string): SpecSection[] {
  const parts = partsOf(number);
  for (let length = parts.length - 1; length > 0; length--) {
    const above = parts.slice(0, length).join('.');
    const [parent] = sectionsByNumber(index, above);
    if (!parent) continue;
    const wanted = Number(parts[length]);
    const children = index.sections.filter(
      (section) =>
        section.number !== undefined &&
        isPrefix(above, section.number) &&
        partsOf(section.number).length === length + 1,
    );
    const distance = ({ number: own }: SpecSection): number => {
      const last = Number(partsOf(own!).at(-1));
      return Number.isNaN(last) || Number.isNaN(wanted) ? Number.MAX_SAFE_INTEGER : Math.abs(last - wanted);
    };
    const close = children.sort((a, b) => distance(a) - distance(b) || a.id - b.id).slice(0, 2);
    return close.length > 0 ? close.sort((a, b) => a.id - b.id) : [parent];
  }
  return [];
}
