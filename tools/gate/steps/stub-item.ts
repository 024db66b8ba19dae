import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { type RoadmapItem, roadmapItems, type SpecIndex, sectionsByNumber } from '../../spec/index.ts';
import { refused } from './stub-refused.ts';

/** What a person says of the item that is meant. */
export interface AskedItem {
  item: number;
  section?: string | undefined;
  title?: string | undefined;
}

/** The one item of the roadmap that is meant, or why there is none. */
export function chosenItem(spec: SpecIndex, asked: AskedItem): RoadmapItem | Finding {
  const all = roadmapItems(spec);
  const { item: number, section, title } = asked;
  if (all.length === 0) {
    const message = `Unexpected roadmap without numbered items in ${spec.version}, expected item ${number}`;
    return refused(roadmapPlace(spec), 'ROADMAP_EMPTY', message);
  }
  const within = section === undefined ? all : all.filter((item) => item.section === section);
  if (within.length === 0) {
    const known = [...new Set(all.map((item) => item.section))].join(', ');
    const message = `Unexpected section ${JSON.stringify(section)}, expected one that has roadmap items: ${known}`;
    return refused(roadmapPlace(spec), 'SECTION_UNKNOWN', message);
  }
  const same = within.filter((item) => item.number === number);
  if (same.length === 0) {
    const message = `Unexpected item ${number}, expected one of the roadmap; nearest: ${nearest(within, number).map(nameOf).join(', ')}`;
    return refused(roadmapPlace(spec, section), 'ITEM_UNKNOWN', message);
  }
  const words = title?.trim().toLowerCase() ?? '';
  const meant = same.filter((item) => item.title.toLowerCase().includes(words));
  const [first] = meant;
  if (meant.length === 1 && first) return first;
  if (!first) {
    const message = `Unexpected title ${JSON.stringify(title)}, expected words of ${same.map(nameOf).join(' or ')}`;
    return refused(same[0]!.place, 'TITLE_UNKNOWN', message);
  }
  const message = `Unexpected item ${number}, which is ${meant.length} items, expected its section or words of its title: ${meant.map(nameOf).join(', ')}`;
  return refused(first.place, 'ITEM_AMBIGUOUS', message);
}

/** `7.6.3 item 30 (Session spawn contract)`. */
export function nameOf({ section, number, title }: RoadmapItem): string {
  return `${section} item ${number} (${title})`;
}

function nearest(items: readonly RoadmapItem[], number: number): RoadmapItem[] {
  const distance = (item: RoadmapItem): number => Math.abs(item.number - number);
  return [...items].sort((a, b) => distance(a) - distance(b)).slice(0, 3);
}

function roadmapPlace(spec: SpecIndex, number?: string): Place {
  const named = number === undefined ? [] : sectionsByNumber(spec, number);
  const section = [...named, ...spec.sections].find(({ kind }) => kind === 'roadmap');
  return linePlace(section?.file ?? spec.files[0]?.path ?? spec.source, section?.line ?? 1);
}
