import type { SpecIndex } from '../../spec/index.ts';
import { around, type Candidate } from './collect.ts';

/** How early a candidate comes: 0 is first; those that no section of the list holds come last, all alike. */
export type Rank = (candidate: Candidate<unknown>) => number;

/** Sections in the order in which their definitions win over those of other sections of the main body. */
export function rankBySection(index: SpecIndex, sections: readonly string[]): Rank {
  return ({ section }) => {
    const numbers = around(section, index).flatMap(({ number }) => number ?? []);
    const own = section?.number ?? '';
    const at = sections.findIndex((wanted) => numbers.includes(wanted) || own.startsWith(`${wanted}.`));
    return at < 0 ? sections.length : at;
  };
}

/** The section that holds the one a definition stands in: events that stand beside their base win by default. */
export function sectionAround(index: SpecIndex, number: string): string | undefined {
  const section = index.sections.find((candidate) => candidate.number === number);
  return around(section, index)[1]?.number ?? number;
}
