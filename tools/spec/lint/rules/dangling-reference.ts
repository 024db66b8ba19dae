import { spanPlace } from '../../../text/index.ts';
import { addenda, sectionsByNumber } from '../../lookup.ts';
import type { SpecFile, SpecIndex } from '../../model.ts';
import { NUMBER, prefixesOf } from '../../sections/headings.ts';
import { defineLintRule } from '../rule.ts';

interface Args {
  number: string;
  nearest: string;
}

const REFERENCE = new RegExp(String.raw`§\s?(${NUMBER})(?![A-Za-z0-9])`, 'g');
// `Other_Spec.md §2.3` speaks of another document.
const OTHER_FILE = /\.md[\x60*)\]"]*[\s:]*$/;
/** As much of the line before a reference as is looked at for a file name. */
const WINDOW = 64;

export const danglingReference = defineLintRule<Args>({
  id: 'spec/dangling-reference',
  summary: 'A cross reference (§2.3.4) names a section that is there.',
  severity: 'warning',
  docs: `A reference outlives the section it named when sections are renumbered. Looked at is every § with a dotted number outside code fences, the prose of templates included; a number counts as there when any heading or addendum paragraph carries it.`,
  message: ({ number, nearest }) =>
    nearest === ''
      ? `Unexpected reference §${number}, expected the number of a section`
      : `Unexpected reference §${number}, expected the number of a section; the nearest is ${nearest}`,
  *check({ index }) {
    const added = new Set(addenda(index).map(({ number }) => number));
    for (const file of index.files) {
      const inCode = codeLines(index, file);
      for (const [at, text] of file.lines.entries()) {
        if (!text.includes('§') || inCode.has(at + 1)) continue;
        for (const match of text.matchAll(REFERENCE)) {
          const number = match[1]!;
          const known = sectionsByNumber(index, number).length > 0 || added.has(number);
          if (
            !number.includes('.') ||
            known ||
            OTHER_FILE.test(text.slice(Math.max(0, match.index - WINDOW), match.index))
          )
            continue;
          yield {
            place: spanPlace(file.path, at + 1, match.index + 1, match[0].length),
            args: { number, nearest: nearest(index, number) },
          };
        }
      }
    }
  },
});

/** Lines inside fences that hold no Markdown. */
function codeLines(index: SpecIndex, file: SpecFile): Set<number> {
  const lines = new Set<number>();
  for (const { file: path, lang, line, endLine } of index.blocks) {
    if (path !== file.path || lang === 'md' || lang === 'markdown') continue;
    for (let n = line; n <= endLine; n++) lines.add(n);
  }
  return lines;
}

/** The longest number above the missing one that a heading carries. */
function nearest(index: SpecIndex, number: string): string {
  for (const prefix of prefixesOf(number)) {
    if (sectionsByNumber(index, prefix).length > 0) return prefix;
  }
  return '';
}
