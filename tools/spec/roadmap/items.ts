import type { Place } from '../../findings/index.ts';
import { readItems, visibleLines } from '../../markdown/index.ts';
import { repairLine, spanPlace } from '../../text/index.ts';
import { ancestors, ownStretches } from '../lookup.ts';
import type { SpecIndex, SpecSection } from '../model.ts';
import { isPrefix } from '../sections/headings.ts';
import type { Stretch } from '../sections/pages.ts';
import { anchorsNamed } from './anchors-named.ts';

/** `30. **Title:** text` of the roadmap: work that is planned, and binds nobody. */
export interface RoadmapItem {
  /** Number of the roadmap's section: `7.6.3`. */
  section: string;
  /** As written. Of one section several items may have it: its lists do not count on from each other. */
  number: number;
  /** Without emphasis, without tags and without the colon at its end. */
  title: string;
  /** `[ADD v02.44]`: as written, in order. */
  tags: string[];
  /** What its own paragraph says behind the title; empty where it only has a list below it. */
  text: string;
  /** `1` of `Phase 1 - Core Product MVP`, the title of the section. */
  phase?: number;
  /** From its number to the end of its first line. */
  place: Place;
  /** The last line of it and of the list below it. */
  endLine: number;
  /** Anchors that it names, as written, in order: section numbers and flight-recorder ids. */
  anchors: string[];
}

const found = new WeakMap<SpecIndex, readonly RoadmapItem[]>();

/** The numbered items of every section of the roadmap, in the order of the spec; none that stands in a fence. */
export function roadmapItems(index: SpecIndex): readonly RoadmapItem[] {
  let items = found.get(index);
  if (!items) {
    items = index.sections
      .filter(({ kind, container }) => kind === 'roadmap' && container === undefined)
      .flatMap((section) => {
        const home = homeOf(index, section);
        if (home?.number === undefined) return [];
        const { number, title } = home;
        return ownStretches(index, section).flatMap((stretch) => itemsIn(index, stretch, number, title));
      });
    found.set(index, items);
  }
  return items;
}

/**
 * The section that people know an item of: where `#### 11.7.5` was pasted into the roadmap's 7.6.3, what follows it
 * is still 7.6.3's.
 */
function homeOf(index: SpecIndex, section: SpecSection): SpecSection | undefined {
  const around = [section, ...ancestors(index.sections, section)].filter(
    ({ kind, number }) => kind === 'roadmap' && number !== undefined,
  );
  const root = around.at(-1)?.number;
  return root === undefined ? undefined : around.find(({ number }) => isPrefix(root, number!));
}

function itemsIn(
  index: SpecIndex,
  { file, line: first, endLine: last }: Stretch,
  section: string,
  heading: string,
): RoadmapItem[] {
  const shift = first - 1;
  const fences = index.blocks
    .filter((block) => block.file === file.path && block.endLine >= first && block.line <= last)
    .map(({ line, endLine }) => ({ line: Math.max(1, line - shift), endLine: endLine - shift }));
  const lines = visibleLines(file.lines.slice(shift, last), fences).map(
    (text) => repairLine(text)?.text ?? text,
  );
  const phase = /\bPhase (\d{1,3})\b/i.exec(heading)?.[1];
  const read = readItems(lines).flatMap(({ line, column, marker, depth, text }) => {
    const number = depth === 0 && text ? /^(\d{1,9})[.)]$/.exec(marker)?.[1] : undefined;
    if (number === undefined || !text) return [];
    const further = lines.slice(text.line, text.endLine);
    const bullet = further.findIndex((part) => BULLET.test(part));
    const own = [
      lines[text.line - 1]!.slice(text.column - 1),
      ...further.slice(0, bullet < 0 ? undefined : bullet),
    ];
    const titled = titleOf(own.map((part) => part.trim()).join(' '));
    return titled ? [{ number: Number(number), line, column, until: text.endLine, titled }] : [];
  });
  return read.map(({ number, line, column, until, titled }, at) => {
    const endLine = endOf(lines, until, (read[at + 1]?.line ?? lines.length + 1) - 1);
    const length = file.lines[line + shift - 1]!.trimEnd().length - column + 1;
    return {
      section,
      number,
      ...titled,
      ...(phase === undefined ? {} : { phase: Number(phase) }),
      place: spanPlace(file.path, line + shift, column, length),
      endLine: endLine + shift,
      anchors: anchorsNamed(index, lines.slice(line - 1, endLine)),
    };
  });
}

/** Indented too far for its list, CommonMark reads it as the item's own text; it was written as a list. */
const BULLET = /^\s*[-*+]\s/;

const TAG = /^\[[A-Z][^\][]*\]\s*/;

/** The bold words at the front; an item without them is a rule or a step, and no plan. */
function titleOf(text: string): Pick<RoadmapItem, 'title' | 'tags' | 'text'> | undefined {
  const tags: string[] = [];
  const untagged = (from: string): string => {
    let rest = from;
    for (let tag = TAG.exec(rest); tag; tag = TAG.exec(rest)) {
      tags.push(tag[0].trim());
      rest = rest.slice(tag[0].length);
    }
    return rest;
  };
  const bold = untagged(text);
  const end = bold.startsWith('**') ? bold.indexOf('**', 2) : -1;
  if (end < 0) return undefined;
  const title = untagged(bold.slice(2, end).trim()).replace(/[\s:]+$/, '');
  const rest = untagged(bold.slice(end + 2).replace(/^[\s:]+/, ''));
  return title === '' ? undefined : { title, tags, text: rest.trim() };
}

/** Below an item stands what is indented. Lists three columns deep under `14.` are meant to be its own, too. */
function endOf(lines: readonly string[], from: number, last: number): number {
  let end = from;
  for (let line = from + 1; line <= last; line++) {
    const text = lines[line - 1]!;
    if (text.trim() === '') continue;
    if (!/^[ \t]/.test(text)) break;
    end = line;
  }
  return end;
}
