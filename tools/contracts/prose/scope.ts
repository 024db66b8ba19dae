import { type SpecIndex, type SpecSection, sectionAt } from '../../spec/index.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import { isSecondary } from '../secondary.ts';

/**
 * The sections whose prose may rule the definitions: the chapters in which they stand, by their numbers and
 * wherever they stand (of a schema in 4.3.9.13.3, all of 4.3.9: rules stand in clauses of their own, 4.3.9.17 and
 * 4.3.9.20 among them). Archived text, the roadmap and what calls itself non-normative rule nothing.
 */
export function scopeOf(index: SpecIndex, nodes: readonly (TypeNode | EventNode)[]): SpecSection[] {
  const chapters = new Set<number>();
  for (const { evidence } of nodes) {
    const [first] = evidence;
    if (first === undefined || first.dialect === 'overlay') continue;
    const section = sectionAt(index, first.file, first.line);
    if (section) chapters.add(chapterOf(section, index).id);
  }
  return index.sections.filter(
    (section) =>
      section.kind !== 'roadmap' &&
      climb(section, index).some(({ id }) => chapters.has(id)) &&
      !isSecondary(section, index),
  );
}

/** Two levels up, and never a whole part of the spec. */
function chapterOf(section: SpecSection, index: SpecIndex): SpecSection {
  const path = climb(section, index).filter(({ number }) => number !== undefined);
  const depth = (number: string) => number.split('.').length;
  const [own] = path;
  if (own === undefined) return section;
  const least = Math.max(2, depth(own.number!) - 2);
  return path.findLast(({ number }) => depth(number!) >= least) ?? own;
}

/** No spec nests deeper. */
const HIGHEST = 32;

/** The section, then outwards by its number; of a heading without one, by the section that it stands in. */
function climb(section: SpecSection, index: SpecIndex): SpecSection[] {
  const path = [section];
  while (path.length < HIGHEST) {
    const { number, numericParent, parent } = path.at(-1)!;
    const next = number === undefined ? parent : numericParent;
    if (next === undefined) break;
    path.push(index.sections[next]!);
  }
  return path;
}
