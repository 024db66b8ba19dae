import { type Finding, linePlace } from '../findings/index.ts';
import type { Heading, Repair, Scan, SetextHeading } from '../markdown/index.ts';
import { parseHeading } from './headings.ts';
import type { SpecFile, SpecSection } from './model.ts';

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
export function structureFindings(file: SpecFile, found: Scan, sections: readonly SpecSection[]): Finding[] {
  const accidents = found.setext.filter((heading) => heading.container === undefined && !isMeant(heading));
  return [
    ...found.repairs.map((repair) => brokenFence(file.path, repair)),
    ...accidents.map((heading) => accidentalHeading(file.path, heading)),
    ...fencedSections(file.path, sections),
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
    message: `Unexpected fence: ${note}; expected ${EXPECTED[rule]} (read by repair rule ${rule}${lost})`,
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
    message: `Unexpected text directly above the --- of line ${endLine}, which reads as a heading; expected a blank line between them`,
    args: { text: oneLine(text), underline: endLine },
    expected: 'a blank line before ---',
  };
}

/**
 * Sections that stand in an `md` fence and belong outside of it: the main body holds the parent of their
 * number and not them, the fence them and not the parent. A template with a numbering of its own has both.
 */
function fencedSections(file: string, sections: readonly SpecSection[]): Finding[] {
  const own = sections.filter((section) => section.file === file);
  const outside = new Set(
    sections.filter(({ container }) => container === undefined).map(({ number }) => number),
  );
  const inside = new Set(own.map(({ container, number }) => `${container} ${number}`));
  const strayed = new Set<string>();
  const strays = new Map<number, SpecSection[]>();
  for (const section of own) {
    const { container, number, authority, kind } = section;
    if (container === undefined || number === undefined || outside.has(number)) continue;
    if (authority !== 'YES' || kind !== 'body') continue;
    const parent = number.replace(/\.[^.]*$/, '');
    const place = `${container} ${parent}`;
    if (!(inside.has(place) ? strayed.has(place) : outside.has(parent))) continue;
    strayed.add(`${container} ${number}`);
    strays.set(container, [...(strays.get(container) ?? []), section]);
  }
  return [...strays].map(([line, found]) => {
    const first = found[0]!;
    const name = `${first.number} ${first.title}`;
    return {
      rule: 'spec/fenced-sections',
      severity: 'warning',
      place: linePlace(file, line),
      message: `Unexpected sections of the main body in a template fence: ${found.length}, from ${name} in line ${first.line} on; expected them outside of it (read by repair rule R4)`,
      args: { repair: 'R4', hides: found.length, first: name, firstLine: first.line },
      expected: 'main body outside of fences',
      related: [{ place: linePlace(file, first.line), note: name }],
    } satisfies Finding;
  });
}
