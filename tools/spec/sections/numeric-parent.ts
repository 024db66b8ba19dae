import { ancestors } from '../lookup.ts';
import type { SpecSection } from '../model.ts';
import { partsOf } from './headings.ts';

/** More parts than any number has that somebody wrote. */
const DEEPEST = 32;

/** Gives each section the one that its number says it is a part of; place and number disagree in the real spec. */
export function linkByNumber(sections: readonly SpecSection[]): void {
  const byNumber = new Map<string, SpecSection[]>();
  for (const section of sections) {
    if (section.number === undefined) continue;
    const same = byNumber.get(section.number);
    if (same) same.push(section);
    else byNumber.set(section.number, [section]);
  }
  for (const section of sections) {
    if (section.number === undefined) continue;
    for (
      const parts = partsOf(section.number).slice(0, -1).slice(0, DEEPEST);
      parts.length > 0;
      parts.pop()
    ) {
      const carriers = byNumber.get(parts.join('.'));
      if (!carriers) continue;
      section.numericParent = nearest(sections, section, carriers).id;
      break;
    }
  }
}

/** Numbers repeat: what stands around it is meant, then what stands in the same fence, then the spec's own. */
function nearest(
  sections: readonly SpecSection[],
  section: SpecSection,
  carriers: readonly SpecSection[],
): SpecSection {
  if (carriers.length === 1) return carriers[0]!;
  const around = new Set(ancestors(sections, section));
  const { container, file, kind } = section;
  return (
    carriers.find((carrier) => around.has(carrier)) ??
    (container === undefined
      ? undefined
      : carriers.find((carrier) => carrier.container === container && carrier.file === file)) ??
    carriers.find((carrier) => carrier.container === undefined && carrier.kind === kind && carrier.inPlace) ??
    carriers.find((carrier) => carrier.container === undefined) ??
    carriers[0]!
  );
}
