import type { AnchorQuery, SpecIndex, SpecSection } from '../model.ts';
import { compareNumbers, isPrefix } from '../sections/headings.ts';
import { numberingOf } from '../sections/numbering.ts';
import { isPastedClause } from '../sections/pasted.ts';
import { pick } from './choose.ts';

/**
 * All sections that `N.*` or `A–B` names, in the order of the spec, `section` (the `N` or `A` that was chosen)
 * among them; of an anchor that is neither, the section alone. By their numbers, not by the pages between: a
 * clause that stands elsewhere (4.3.9.12 in the fence of a template) is covered all the same, and what merely
 * stands between two ends is not. Undefined where the range has no end, or ends before it begins.
 */
export function coveredBy(
  index: SpecIndex,
  { rangeEnd, wildcard }: AnchorQuery,
  section: SpecSection,
): SpecSection[] | undefined {
  const { number } = section;
  if (number === undefined || (rangeEnd === undefined && !wildcard)) return [section];
  const homes = homesOf(index);
  const around = homes.peers.get(homes.of(section)) ?? [];
  // A number that stands twice is the section that was chosen, with what stands below it.
  const chosen = around.filter((other) => other === section || other.number !== number);
  if (rangeEnd === undefined) return chosen.filter((other) => isPrefix(number, other.number));
  const ends = around.filter((other) => other.number === rangeEnd);
  if (!pick(ends, rangeEnd, '', index).section || compareNumbers(rangeEnd, number) <= 0) return undefined;
  return chosen.filter(
    (other) =>
      compareNumbers(other.number, number) >= 0 &&
      (compareNumbers(other.number, rangeEnd) <= 0 || isPrefix(rangeEnd, other.number)),
  );
}

type Numbered = SpecSection & { number: string };

/** Which sections are numbered together: the spec's own, and those of each document that was pasted into it. */
interface Homes {
  of(section: SpecSection): string;
  peers: ReadonlyMap<string, readonly Numbered[]>;
}

const known = new WeakMap<SpecIndex, Homes>();

function homesOf(index: SpecIndex): Homes {
  let homes = known.get(index);
  if (!homes) {
    const { ownerOf } = numberingOf(index);
    const of = (section: SpecSection): string => {
      const { container, file, kind } = section;
      if (container !== undefined)
        return isPastedClause(index, section) ? 'spec' : `fence ${file}:${container}`;
      if (kind === 'appendix') return 'appendix';
      const owner = ownerOf(section);
      return owner ? `document in ${owner.id}` : 'spec';
    };
    const peers = new Map<string, Numbered[]>();
    for (const section of index.sections) {
      if (section.number === undefined) continue;
      const home = of(section);
      const found = peers.get(home);
      if (found) found.push(section as Numbered);
      else peers.set(home, [section as Numbered]);
    }
    homes = { of, peers };
    known.set(index, homes);
  }
  return homes;
}
