import { UsageError } from '../../findings/index.ts';
import {
  type AnchorQuery,
  type AnchorResult,
  ancestors,
  changeOf,
  coveredBy,
  parseAnchor,
  passagesOf,
  resolveAnchor,
  type SectionChange,
  type SpecDiff,
  type SpecIndex,
  type SpecSection,
  sectionAt,
} from '../../spec/index.ts';
import { nameOf, placeOf } from '../sections.ts';

/** What the anchors name in either spec, with all that stands below it. Refuses what names nothing, or several. */
export function partOf(diff: SpecDiff, anchors: readonly string[]): SpecDiff {
  const wanted = new Set(
    anchors.flatMap((anchor) => {
      const found = search(diff, anchor);
      if (typeof found === 'string') throw new UsageError(`--anchor ${anchor}: ${found}`);
      return found.map((section) => changeOf(diff, section));
    }),
  );
  const isIn = (index: SpecIndex, section: SpecSection | undefined): boolean =>
    section !== undefined &&
    ancestors(index.sections, section).some((around) => wanted.has(changeOf(diff, around)));
  const sections = diff.sections.filter(
    (change) => wanted.has(change) || isIn(diff.from, change.from) || isIn(diff.to, change.to),
  );
  const counts = { ...diff.counts };
  for (const change of Object.keys(counts) as (keyof typeof counts)[]) {
    counts[change] = sections.filter((section) => section.change === change).length;
  }
  return { ...diff, sections, counts };
}

/** An anchor that leads to this section and to no other: its number, else its place. Of a whole diff. */
export function anchorOf(diff: SpecDiff, change: SectionChange): string | undefined {
  const section = (change.to ?? change.from)!;
  return [section.number, placeOf(section)].find((anchor) => {
    const found = anchor === undefined ? '' : search(diff, anchor);
    return typeof found !== 'string' && found.every((each) => changeOf(diff, each) === change);
  });
}

const PLACE = /^`?([^`]+?\.md)`?:(\d{1,9})(?::\d+)?$/i;
/** What was chosen all the same is not what was asked for. */
const REFUSED: readonly string[] = ['NO_NUMBER', 'UNRESOLVED', 'AMBIGUOUS', 'TITLE_MISMATCH'];

/** The sections of both specs that an anchor names, or why there are none. */
function search(diff: SpecDiff, anchor: string): SpecSection[] | string {
  const place = PLACE.exec(anchor.trim());
  if (place) return atLine(diff, place[1]!, Number(place[2]));
  const query = parseAnchor(anchor);
  if (query.wildcard && query.number === undefined) {
    const all = [diff.from, diff.to].flatMap((index) =>
      passagesOf(index, anchor).flatMap(({ result }) => result.section ?? []),
    );
    if (all.length > 0) return all;
  }
  const { others, ...first } = query;
  const sign = query.addendum ? 'Addendum: ' : '';
  const further = others.map((other) =>
    parseAnchor(`${sign}${other} ${query.otherTitles?.[other] ?? ''}`.trimEnd()),
  );
  const found: SpecSection[] = [];
  for (const part of [{ ...first, others: [] }, ...further]) {
    const named = either(diff, part);
    if (typeof named === 'string') return named;
    found.push(...named);
  }
  return found;
}

/** What one spec alone has, was or is a section; what is ambiguous in one of them is refused. */
function either({ from, to }: SpecDiff, query: AnchorQuery): SpecSection[] | string {
  const sides = [from, to].map((index) => ({ index, result: resolveAnchor(index, query) }));
  const several = sides.find(({ result }) => result.status === 'AMBIGUOUS');
  if (several) return refusal([several.index.version], several.result);
  const found = sides.flatMap(({ index, result: { section, status } }) =>
    section && !REFUSED.includes(status) ? (coveredBy(index, query, section) ?? []) : [],
  );
  return found.length > 0 ? found : refusal([from.version, to.version], sides[1]!.result);
}

/** Of a file that both specs have, the new one's line is meant. */
function atLine({ from, to }: SpecDiff, name: string, line: number): SpecSection[] | string {
  for (const index of [to, from]) {
    const file =
      index.files.find(({ path }) => path === name) ??
      index.files.find(({ path }) => path.endsWith(`/${name}`));
    const section =
      file && line >= 1 && line <= file.lines.length ? sectionAt(index, file.path, line) : undefined;
    if (section) return [section];
  }
  const files = [...from.files.slice(0, 1), ...to.files.slice(0, 1)].map(({ path }) => path);
  return `no section stands there, expected a line of ${[...new Set(files)].join(' or ')}`;
}

const SHOWN = 4;

function refusal(versions: readonly string[], { status, reasons, candidates }: AnchorResult): string {
  const where = [...new Set(versions)].join(' and ');
  const all = candidates.map((section) => `${placeOf(section)} ${nameOf(section)}`);
  const more = all.length > SHOWN ? `, … ${all.length} in all` : '';
  const expected =
    all.length > 0
      ? `such as ${all.slice(0, SHOWN).join(', ')}${more}`
      : 'a number with or without its title, or FILE:LINE';
  return `${status} in ${where} (${reasons.join('; ')}), expected ${expected}`;
}
