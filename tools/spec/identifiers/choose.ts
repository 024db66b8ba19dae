import { rightPlace } from '../judge.ts';
import type { AnchorFlag, Identifier, IdentifierDefinition, SpecIndex } from '../model.ts';
import { FAMILIES } from './families.ts';

export interface Choice {
  /** One where place, form or equal words decide; those that differ otherwise. */
  kept: IdentifierDefinition[];
  flags: AnchorFlag[];
  reasons: string[];
}

/** The definition that counts: by its place first, then by its form; where several say the same, the first. */
export function chooseDefinition(index: SpecIndex, { id, family, definitions }: Identifier): Choice {
  const reasons: string[] = [];
  const flags: AnchorFlag[] = [];
  if (definitions.length > 1) reasons.push(`${definitions.length} places define ${id}`);
  const placed = best(definitions, (definition) => worth(index, definition));
  const row = FAMILIES.find(({ name }) => name === family);
  const rank = ({ form }: IdentifierDefinition): number => -(row?.forms.findIndex((group) => group.includes(form)) ?? 0);
  const ranked = best(placed, rank);
  if (placed.length < definitions.length) {
    flags.push('TIE_BROKEN_BY_PLACE');
    reasons.push(`line ${ranked[0]!.line} stands in the better place`);
  }
  const said = new Set(ranked.map(({ title }) => normal(title)));
  // A table row and an interface of one event have the same name and different words.
  const first = row?.forms[-rank(ranked[0]!)]?.map((form) => ranked.find((one) => one.form === form)).find(Boolean);
  return { kept: said.size === 1 ? [first ?? ranked[0]!] : ranked, flags, reasons };
}

function best<T>(all: readonly T[], score: (one: T) => number): T[] {
  const scores = all.map(score);
  const most = Math.max(...scores);
  return all.filter((_, at) => scores[at] === most);
}

/** The body where its number says, before the body elsewhere, templates, the roadmap and appendices. */
function worth(index: SpecIndex, { section, file }: IdentifierDefinition): number {
  if (!section) return 0;
  if (section.kind === 'appendix') return 1;
  if (section.kind === 'roadmap') return 2;
  if (section.container !== undefined) return 3;
  // `10.2.2.2 Event contracts (canonical in 11.5)` sends its reader there.
  if (/\bcanonical in §?\d/i.test(index.files.find(({ path }) => path === file)?.lines[section.line - 1] ?? ''))
    return 4;
  return rightPlace(index, section) ? 6 : 5;
}

function normal(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
