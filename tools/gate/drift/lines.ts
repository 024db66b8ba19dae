import type { SpecIndex, SpecSection } from '../../spec/index.ts';
import { foldLine } from './fold.ts';

/** A line that says something, in the innermost section around it. */
export interface OwnedLine {
  readonly text: string;
  line: number;
  section: SpecSection | undefined;
}

interface Owned {
  /** By line; blank ones are left out. */
  byLine: (OwnedLine | undefined)[];
  /** The lines of each section: of its own, and none of its subsections. */
  bySection: Map<SpecSection, OwnedLine[]>;
}

const known = new WeakMap<SpecIndex, Map<string, Owned>>();

/** The lines of a window that say something, with the section that each stands in. */
export function linesBetween(spec: SpecIndex, file: string, start: number, end: number): OwnedLine[] {
  return ownedOf(spec, file)
    .byLine.slice(start - 1, end)
    .filter((line) => line !== undefined);
}

/** The section's own lines, in order. */
export function ownLinesOf(spec: SpecIndex, section: SpecSection): readonly OwnedLine[] {
  return ownedOf(spec, section.file).bySection.get(section) ?? [];
}

function ownedOf(spec: SpecIndex, path: string): Owned {
  const files = known.get(spec) ?? new Map<string, Owned>();
  known.set(spec, files);
  const owned = files.get(path) ?? own(spec, path);
  files.set(path, owned);
  return owned;
}

function own(spec: SpecIndex, path: string): Owned {
  const lines = spec.files.find((each) => each.path === path)?.lines ?? [];
  const sections = spec.sections.filter((section) => section.file === path);
  const owned: Owned = { byLine: [], bySection: new Map() };
  const open: SpecSection[] = [];
  let next = 0;
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    while ((open.at(-1)?.endLine ?? line) < line) open.pop();
    if (sections[next]?.line === line) open.push(sections[next++]!);
    if (!/\S/.test(raw)) continue;
    const section = open.at(-1);
    const each = lineOf(raw, line, section);
    owned.byLine[index] = each;
    if (section === undefined) continue;
    const own = owned.bySection.get(section);
    if (own) own.push(each);
    else owned.bySection.set(section, [each]);
  }
  return owned;
}

/** Folded when it is first looked at: of a large spec only a few windows are. */
function lineOf(raw: string, line: number, section: SpecSection | undefined): OwnedLine {
  let folded: string | undefined;
  return {
    line,
    section,
    get text() {
      folded ??= foldLine(raw);
      return folded;
    },
  };
}
