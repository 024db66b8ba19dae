import { partsOf } from '../sections/headings.ts';
import type { Numbered, Numbering } from '../sections/numbering.ts';

/** The section that a row of the Coverage Matrix speaks of: of several, the one at the depth of its number. */
export function headingOfRow({ numbered, ownerOf }: Numbering, number: string): Numbered | undefined {
  const all = numbered.filter((section) => section.number === number && !ownerOf(section));
  return all.find((section) => section.level === partsOf(number).length) ?? all[0];
}
