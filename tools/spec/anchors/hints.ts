import { sectionsByNumber } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';
import { contentWords, isPrefix, partsOf } from '../sections/headings.ts';

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

/** Numbered sections of the body whose title has all the words of this one; those with no other word first. */
function withTitle(index: SpecIndex, title: string): SpecSection[] {
  const asked = contentWords(title);
  // One word, `Overview`, stands in too many titles to tell anything.
  if (asked.size < 2) return [];
  // Most titles are ruled out by their letters; `policy` is in `Policies` but for its last one.
  const longest = [...asked].reduce((a, b) => (b.length > a.length ? b : a)).replace(/y$/, '');
  const found: SpecSection[] = [];
  const exact: SpecSection[] = [];
  for (const section of index.sections) {
    if (section.number === undefined || section.kind !== 'body') continue;
    if (!section.title.normalize('NFKC').toLowerCase().includes(longest)) continue;
    const words = contentWords(section.title);
    if (![...asked].every((word) => words.has(word))) continue;
    found.push(section);
    if (words.size === asked.size) exact.push(section);
  }
  return exact.length > 0 ? exact : found;
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
