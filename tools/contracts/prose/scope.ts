import { ancestors, type SpecIndex, type SpecSection, sectionAt } from '../../spec/index.ts';
import type { EventNode, TypeNode } from '../ir.ts';
import { isSecondary } from '../secondary.ts';

/**
 * The sections whose prose may rule the definitions: the chapters in which they stand, each with all of its number
 * (of a schema in 4.3.9.13.3, all of 4.3.9: rules stand in clauses of their own, 4.3.9.17 and 4.3.9.20 among them).
 * A definition without a number speaks for its own section. Archived text, the roadmap and what calls itself
 * non-normative rule nothing.
 */
export function scopeOf(index: SpecIndex, nodes: readonly (TypeNode | EventNode)[]): SpecSection[] {
  const chapters = new Set<string>();
  const own = new Set<number>();
  for (const { evidence } of nodes) {
    const [first] = evidence;
    if (first === undefined || first.dialect === 'overlay') continue;
    const section = sectionAt(index, first.file, first.line);
    if (section?.number !== undefined) chapters.add(chapterOf(section.number));
    if (section) own.add(section.id);
  }
  return index.sections.filter(
    (section) =>
      section.kind !== 'roadmap' &&
      (own.has(section.id) || isIn(section, chapters, index)) &&
      !isSecondary(section, index),
  );
}

/** Two levels up, and never a whole part of the spec. */
function chapterOf(number: string): string {
  const parts = number.split('.');
  return parts.slice(0, Math.max(2, parts.length - 2)).join('.');
}

/** By its number; a heading without one by the nearest that has one. */
function isIn(section: SpecSection, chapters: ReadonlySet<string>, index: SpecIndex): boolean {
  const number =
    section.number ?? ancestors(index.sections, section).find((outer) => outer.number !== undefined)?.number;
  if (number === undefined) return false;
  const parts = number.split('.');
  return parts.some((_, at) => chapters.has(parts.slice(0, at + 1).join('.')));
}
