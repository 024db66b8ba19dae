import { rightPlace } from '../anchors/judge.ts';
import type { AnchorFlag, Identifier, IdentifierDefinition, SpecIndex } from '../model.ts';
import { FAMILIES } from './families.ts';
import { definitionLines } from './find.ts';

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
  const rank = ({ form }: IdentifierDefinition): number =>
    -(row?.forms.findIndex((group) => group.includes(form)) ?? 0);
  const ranked = best(placed, rank);
  if (placed.length < definitions.length) {
    flags.push('TIE_BROKEN_BY_PLACE');
    reasons.push(`line ${ranked[0]!.line} stands in the better place`);
  }
  const said = new Set(ranked.map((definition) => wordsOf(index, family, definition)));
  if (said.size > 1) return { kept: ranked, flags, reasons };
  // A table row and an interface of one event say the same in different words: the better form, better placed.
  const forms = row?.forms[-rank(ranked[0]!)] ?? [];
  const [kept] = best(
    best(ranked, ({ form }) => -forms.indexOf(form)),
    ({ section }) => (section && rightPlace(index, section) ? 1 : 0),
  );
  return { kept: [kept!], flags, reasons };
}

function best<T>(all: readonly T[], score: (one: T) => number): T[] {
  const scores = all.map(score);
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return all.filter((_, at) => scores[at] === most);
}

/**
 * The body before templates, the roadmap and appendices. Not the body where its number says before the body
 * elsewhere: two events of one name stay two, however badly one of them was put.
 */
function worth(index: SpecIndex, { section, file }: IdentifierDefinition): number {
  if (!section) return 0;
  if (section.kind === 'appendix') return 1;
  if (section.kind === 'roadmap') return 2;
  if (section.container !== undefined) return 3;
  // `10.2.2.2 Event contracts (canonical in 11.5)` sends its reader there.
  if (
    /\bcanonical in §?\d/i.test(index.files.find(({ path }) => path === file)?.lines[section.line - 1] ?? '')
  )
    return 4;
  return 5;
}

/** An event is its name, in whatever form it is given; everything else is all that is said of it. */
function wordsOf(index: SpecIndex, family: string, definition: IdentifierDefinition): string {
  const text = family === 'FR-EVT' ? definition.title : definitionLines(index, definition).join(' ');
  return text
    .toLowerCase()
    .replace(/\(see [^()]*\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^ ?\d+ /, '')
    .trim();
}
