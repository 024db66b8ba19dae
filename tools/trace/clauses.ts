import type { GovTree, Stub } from '../artifacts/index.ts';
import {
  chooseDefinition,
  definitionFingerprint,
  definitionLines,
  identifiersOf,
  type SpecIndex,
} from '../spec/index.ts';
import { fingerprint } from '../text/index.ts';
import type { TracedClause } from './model.ts';

/** What a clause is, before anything is known of who answers for it. */
export type Clause = Pick<
  TracedClause,
  'id' | 'family' | 'text' | 'file' | 'line' | 'endLine' | 'section' | 'fingerprint'
>;

/** A criterion, whose words a title may hold in place of its id. */
export interface Criterion extends Clause {
  wpId: string;
  /** Blanks folded, without the last full stop. */
  words: string;
}

/** Every id that the spec defines, in the order of the spec. */
export function specClauses(index: SpecIndex): Clause[] {
  const order = new Map(index.files.map(({ path }, at) => [path, at]));
  return identifiersOf(index)
    .filter(({ definitions }) => definitions.length > 0)
    .map((identifier): Clause => {
      const definition = chooseDefinition(index, identifier).kept[0]!;
      const { file, line, endLine, endFile, title, section } = definition;
      return {
        id: identifier.id,
        family: identifier.family,
        text: title === '' ? plainText(definitionLines(index, definition)) : title,
        file,
        line,
        endLine: endFile === undefined ? endLine : line,
        section: section?.number ?? null,
        fingerprint: definitionFingerprint(index, definition),
      };
    })
    .sort((a, b) => order.get(a.file)! - order.get(b.file)! || a.line - b.line);
}

/** Every acceptance criterion of every stub: `<WP_ID>/AC-<n>`, counted from 1 over the bullets of the first level. */
export function criteriaOf({ stubs }: GovTree): Criterion[] {
  return stubs.flatMap((stub) => criteriaIn(stub));
}

function criteriaIn({ stem, path, acceptance }: Stub): Criterion[] {
  return acceptance
    .filter(({ depth }) => depth === 0)
    .map(({ text, place }, at) => ({
      id: `${stem}/AC-${at + 1}`,
      family: 'AC',
      text: fold(text),
      file: path,
      line: place.line,
      endLine: place.endLine,
      section: null,
      fingerprint: fingerprint([fold(text)]),
      wpId: stem,
      words: wordsOf(text),
    }));
}

/** Blanks folded: how a title and a criterion are held against each other. */
export function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function wordsOf(text: string): string {
  return fold(text).replace(/\s*\.$/, '');
}

function plainText(lines: readonly string[]): string {
  return fold(lines.join(' ').replace(/\*\*|`/g, '')).slice(0, 400);
}
