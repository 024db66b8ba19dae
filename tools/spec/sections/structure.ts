import { type Finding, linePlace } from '../../findings/index.ts';
import type { Heading, Repair, Scan, SetextHeading } from '../../markdown/index.ts';
import type { SpecFile } from '../model.ts';
import { parseHeading } from './headings.ts';

/** Headings of both kinds in order. Of the underlined ones only those that are surely meant. */
export function headingsOf({ headings, setext }: Scan): (Heading & { endLine?: number })[] {
  const meant = setext.filter(isMeant).map((heading) => ({ ...heading, text: oneLine(heading.text) }));
  return [...headings, ...meant].sort((a, b) => a.line - b.line);
}

// A text that merely stands above `---` was meant to stand above a rule.
function isMeant({ level, text }: SetextHeading): boolean {
  return level === 1 || parseHeading(text).number !== undefined;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

/** What is wrong with the fences and headings of a file, as far as it changes which sections there are. */
export function structureFindings(file: SpecFile, found: Scan): Finding[] {
  const accidents = found.setext.filter((heading) => heading.container === undefined && !isMeant(heading));
  return [
    ...found.repairs.map((repair) => brokenFence(file.path, repair)),
    ...accidents.map((heading) => accidentalHeading(file.path, heading)),
  ];
}

const EXPECTED: Record<Repair['rule'], string> = {
  R1: 'an opening fence before it',
  R2: 'a longer outer fence',
  R5: 'a closing fence',
};

function brokenFence(file: string, { line, rule, note, hides }: Repair): Finding {
  const [first] = hides;
  const lost =
    first === undefined
      ? ''
      : `; without it ${headings(hides.length)} from line ${first.line} on ${hides.length === 1 ? 'is' : 'are'} lost`;
  return {
    rule: 'spec/broken-fence',
    severity: 'warning',
    place: linePlace(file, line),
    message: `Unexpected fence: ${note}, expected ${EXPECTED[rule]} (read by repair rule ${rule}${lost})`,
    args: {
      repair: rule,
      note,
      hides: hides.length,
      ...(first && { first: first.text, firstLine: first.line }),
    },
    expected: EXPECTED[rule],
  };
}

function headings(count: number): string {
  return count === 1 ? '1 heading' : `${count} headings`;
}

function accidentalHeading(file: string, { line, endLine, text }: SetextHeading): Finding {
  return {
    rule: 'spec/accidental-heading',
    severity: 'warning',
    place: linePlace(file, line, endLine),
    message: `Unexpected text directly above the --- of line ${endLine}, which reads as a heading, expected a blank line between them`,
    args: { text: oneLine(text), underline: endLine },
    expected: 'a blank line before ---',
  };
}
