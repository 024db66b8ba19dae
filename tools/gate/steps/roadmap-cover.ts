import { type GovTree, type RoadmapPointer, type Stub, stubState } from '../../artifacts/index.ts';
import {
  compareNumbers,
  type RoadmapItem,
  roadmapItems,
  type SpecIndex,
  sharedWords,
} from '../../spec/index.ts';

/** A roadmap item and the stubs whose pointer asks for it. */
export interface CoveredItem {
  item: RoadmapItem;
  stubs: Stub[];
}

/**
 * Every roadmap item with the stubs that point at it. An activated stub still says what its packet is for; one that
 * was superseded says nothing, since what took its place points for itself.
 */
export function roadmapCover(tree: GovTree, spec: SpecIndex): CoveredItem[] {
  const items = roadmapItems(spec);
  const cover = new Map<RoadmapItem, Stub[]>(items.map((item) => [item, []]));
  for (const stub of tree.stubs) {
    if (stubState(stub) === 'SUPERSEDED') continue;
    for (const item of itemsOfStub(items, stub)) cover.get(item)!.push(stub);
  }
  return [...cover].map(([item, stubs]) => ({ item, stubs }));
}

/** The roadmap items that no stub points at, in the order of the spec. */
export function missingStubs(tree: GovTree, spec: SpecIndex): RoadmapItem[] {
  return roadmapCover(tree, spec).flatMap(({ item, stubs }) => (stubs.length === 0 ? [item] : []));
}

function itemsOfStub(items: readonly RoadmapItem[], { roadmap, roadmapPointer }: Stub): RoadmapItem[] {
  if (roadmap === undefined || roadmapPointer === undefined || !roadmap.applies) return [];
  const within = items.filter(({ section }) => isNamed(roadmap, section));
  // Of a pointer without a section (`item 30`) every section of the roadmap may be meant.
  const near = within.length === 0 && roadmap.sections.length === 0 ? items : within;
  const { raw } = roadmapPointer;
  if (roadmap.items.length === 0) return near.filter(({ title }) => isQuoted(raw, title));
  const numbers = new Map<number, RoadmapItem[]>();
  for (const item of near) {
    if (!roadmap.items.some(({ from, to }) => from <= item.number && item.number <= to)) continue;
    numbers.set(item.number, [...(numbers.get(item.number) ?? []), item]);
  }
  // Before the numbers stands `(Phase 1)`, and some titles have such words, too.
  const why = raw.slice(roadmap.items[0]!.place.column - roadmapPointer.place.column);
  return [...numbers.values()].flatMap((same) => meant(why, same));
}

function isNamed({ sections }: RoadmapPointer, section: string): boolean {
  return sections.some(({ number, to }) =>
    to === undefined
      ? number === section
      : compareNumbers(number, section) <= 0 && compareNumbers(section, to) <= 0,
  );
}

/** Two lists of one section have an item 18: the words of the pointer tell which; without any, it may be both. */
function meant(why: string, same: readonly RoadmapItem[]): RoadmapItem[] {
  const shared = same.map(({ title }) => sharedWords(why, title));
  const most = Math.max(...shared);
  return same.filter((_, at) => shared[at] === most);
}

/** `-> Loom MVP (Heaper-style library surface)`: the title in full, in its order; a single word names no item. */
function isQuoted(raw: string, title: string): boolean {
  const words = wordsOf(title);
  return words.length > 1 && ` ${wordsOf(raw).join(' ')} `.includes(` ${words.join(' ')} `);
}

/** People write `+` for `and`. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'and');
}
