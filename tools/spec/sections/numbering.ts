import { ancestors } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';
import { partsOf } from './headings.ts';

/** A numbered heading of the main body or the roadmap, outside every fence. */
export interface Numbered extends SpecSection {
  number: string;
}

/**
 * Which numbers count together. A document that was pasted into a section often keeps chapters `1`, `2`, `3` of
 * its own: there `1.2` is no rival of the spec's `1.2`.
 */
export interface Numbering {
  /** In the order of the spec, appendices excepted: those number themselves as they like. */
  numbered: readonly Numbered[];
  /** The section whose own numbering the heading belongs to; undefined in the spec's own. */
  ownerOf(section: SpecSection): SpecSection | undefined;
  /** The nearest numbered section around a heading. */
  aroundOf(section: SpecSection): SpecSection | undefined;
}

export function numberingOf(index: SpecIndex): Numbering {
  const numbered = index.sections.filter(isCounted);
  const around = new Map(numbered.map((section) => [section.id, numberedAncestors(index, section)]));
  const chapters = new Map<number, Set<string>>();
  for (const section of numbered) {
    const owner = around.get(section.id)?.[0];
    if (!owner || section.number.includes('.')) continue;
    chapters.set(owner.id, (chapters.get(owner.id) ?? new Set()).add(section.number));
  }
  const owners = new Map<number, SpecSection>();
  for (const section of numbered) {
    const outward = around.get(section.id) ?? [];
    const [first = ''] = partsOf(section.number);
    const owner =
      section.inPlace && outward[0]
        ? owners.get(outward[0].id)
        : outward.find((candidate) => chapters.get(candidate.id)?.has(first));
    if (owner) owners.set(section.id, owner);
  }
  return {
    numbered,
    ownerOf: (section) => owners.get(section.id),
    aroundOf: (section) => around.get(section.id)?.[0],
  };
}

function isCounted(section: SpecSection): section is Numbered {
  return section.number !== undefined && section.container === undefined && section.kind !== 'appendix';
}

function numberedAncestors(index: SpecIndex, section: SpecSection): SpecSection[] {
  return ancestors(index.sections, section).filter(
    (candidate) => candidate.container === undefined && candidate.number !== undefined,
  );
}

/** Groups in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
