import { type Numbering, numberingOf, type SpecIndex, type SpecSection } from '../../spec/index.ts';
import type { Call } from '../command.ts';
import { nextCommand } from '../next.ts';
import { count, cut, type Output, visible } from '../output.ts';
import { around, nameOf, placeOf } from '../sections.ts';

const MAX_LINES = 74;
/** From here on a line also tells where the section ends, and of a match where it stands. */
const WIDE = 110;

export interface TreeOptions {
  /** Levels to print; without it as many as a screen and a half holds. */
  depth?: number;
  /** The number that was asked for. */
  below?: string;
  /** Where not everything fits, leave out the headings of templates. */
  aside?: boolean;
}

/** Sections as a tree, with line and authority. */
export function printTree(
  call: Call,
  index: SpecIndex,
  sections: readonly SpecSection[],
  { depth, below, aside }: TreeOptions,
): void {
  const { out } = call;
  const leave = aside && depth === undefined && sections.length > MAX_LINES;
  const eligible = leave ? sections.filter(({ container }) => container === undefined) : sections;
  const files = index.files.length > 1 ? new Set(sections.map(({ file }) => file)).size : 0;
  const deepest = depth ?? fitting(eligible, MAX_LINES - files);
  const shown = eligible.filter(({ level }) => level <= deepest);
  const top = Math.min(...shown.map(({ level }) => level));
  const hidden = hiddenBelow(index, sections, shown);
  printLines(out, index, shown, 'headed', (section) => {
    const more = hidden.get(section.id) ?? 0;
    return [`${'  '.repeat(section.level - top)}${nameOf(section)}`, more > 0 ? `+${more}` : ''];
  });
  if (shown.length === sections.length) return;
  out.line();
  const fenced = sections.length - eligible.length;
  const more = fenced > 0 ? `; ${fenced} stand in templates (gov spec list --in-fence)` : '';
  out.line(`${count(shown.length, 'section')} of ${sections.length}, down to level ${deepest}${more}`);
  const next = shown.find(({ id, number }) => number !== undefined && number !== below && hidden.has(id));
  if (next)
    out.line(
      `${out.dim('next')}   ${nextCommand(call, `spec list ${next.number}`)}      what stands below it`,
    );
  else if (deepest < 6)
    out.line(
      `${out.dim('next')}   ${nextCommand(call, `spec list ${below === undefined ? '' : `${below} `}--depth ${deepest + 1}`)}`,
    );
}

/** For each section that is shown, how many of those left out stand in it and in none of the others shown. */
function hiddenBelow(
  index: SpecIndex,
  sections: readonly SpecSection[],
  shown: readonly SpecSection[],
): Map<number, number> {
  const printed = new Set(shown.map(({ id }) => id));
  const counts = new Map<number, number>();
  for (const section of sections) {
    if (printed.has(section.id)) continue;
    let above = section.parent;
    while (above !== undefined && !printed.has(above)) above = index.sections[above]?.parent;
    if (above !== undefined) counts.set(above, (counts.get(above) ?? 0) + 1);
  }
  return counts;
}

/** Sections that were looked for, one below the other, with what they stand in where there is room. */
export function printMatches(call: Call, index: SpecIndex, sections: readonly SpecSection[]): void {
  const { out } = call;
  const shown = sections.slice(0, MAX_LINES);
  printLines(out, index, shown, 'placed', (section) => {
    const parent = around(index, section).findLast(({ number }) => number !== undefined);
    return [nameOf(section), parent && out.width >= WIDE ? `in ${nameOf(parent)}` : ''];
  });
  out.line();
  const left = sections.length - shown.length;
  const more = left > 0 ? `, ${left} of them not shown (--json has all; a NUMBER or --grep narrows)` : '';
  out.line(count(sections.length, 'section') + more);
  out.line(`${out.dim('next')}   ${nextCommand(call, `spec show ${placeOf(shown[0]!)}`)}`);
}

/**
 * Of several files, each has a line of its own (`headed`), or stands in every place (`placed`). `text` gives the
 * name and what may be left out of a narrow line.
 */
function printLines(
  out: Output,
  index: SpecIndex,
  sections: readonly SpecSection[],
  files: 'headed' | 'placed',
  text: (section: SpecSection) => [name: string, more: string],
): void {
  const several = index.files.length > 1;
  const widest = String(Math.max(0, ...sections.map(({ line, endLine }) => Math.max(line, endLine)))).length;
  const places = sections.map((section) => {
    if (several && files === 'placed') return placeOf(section);
    return out.width >= WIDE ? rangeOf(section, widest) : String(section.line).padStart(widest);
  });
  const width = Math.max(0, ...places.map((place) => place.length));
  const numbering = numberingOf(index);
  let file = several && files === 'headed' ? '' : undefined;
  for (const [at, section] of sections.entries()) {
    if (file !== undefined && section.file !== file) out.line(out.dim(visible(section.file)));
    if (file !== undefined) file = section.file;
    const says = { YES: '   ', NO: out.yellow('no '), UNKNOWN: out.yellow('?  ') }[section.authority];
    const [name, more] = text(section);
    const marks = [marksOf(numbering, section), more].filter((mark) => mark !== '').join('  ');
    const room = out.limit - width - 6;
    const shown = cut(name, Math.max(24, room - (marks === '' ? 0 : marks.length + 2)));
    const rest = cut(marks, Math.max(0, room - shown.length - 2));
    out.line(`${places[at]!.padEnd(width)}  ${says} ${shown}${rest === '' ? '' : `  ${out.dim(rest)}`}`);
  }
}

function rangeOf({ line, endLine, endFile }: SpecSection, width: number): string {
  const end = endFile === undefined ? `-${endLine}` : '-…';
  return `${String(line).padStart(width)}${end.padEnd(width + 1)}`;
}

/** What an anchor to the section would be told. */
function marksOf({ ownerOf }: Numbering, section: SpecSection): string {
  const { container, hiddenBy, kind, inPlace } = section;
  const owner = ownerOf(section);
  const stray = !inPlace && container === undefined && kind !== 'appendix' ? 'misplaced' : '';
  const marks = [
    container === undefined ? '' : `in the fence at ${container}`,
    hiddenBy === undefined ? '' : `hidden by ${hiddenBy}`,
    kind === 'body' ? '' : kind,
    owner ? `number of its own in ${owner.number}` : stray,
  ];
  return marks.filter((mark) => mark !== '').join(', ');
}

/** Levels that fit a screen and a half; what lies deeper is asked for by number. */
function fitting(sections: readonly SpecSection[], lines: number): number {
  for (let level = 6; level > 1; level--) {
    if (sections.filter((section) => section.level <= level).length <= lines) return level;
  }
  return Math.min(...sections.map(({ level }) => level));
}
