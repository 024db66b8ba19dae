import { linePlace, TreeError, UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { compareNumbers, isPrefix, type SpecIndex, type SpecSection } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec, positive, value } from '../load.ts';
import { count } from '../output.ts';
import { printMatches, printTree, type TreeOptions } from '../reporters/sections.ts';
import type { SectionsReport } from '../schemas/section.ts';
import { listed } from '../sections.ts';

/** The sections of the spec: as the tree that they physically stand in, or those that are looked for. */
export async function run(call: Call): Promise<ExitCode> {
  const filters = filtersOf(call);
  const depth = positive(call, 'depth');
  const index = await loadCallSpec(call, worktreeSnapshot(call.root));
  const below = call.args[0];
  const all = index.sections.filter((section) => below === undefined || isBelow(section, below));
  if (all.length === 0) throw new TreeError(noSection(index, below));
  const keep = filters.map((filter) => filter(index));
  const matching = all.filter((section) => keep.every((test) => test(section)));
  const found = matching.filter(({ level }) => depth === undefined || level <= depth);
  if (call.flags.has('duplicates')) found.sort((a, b) => compareNumbers(a.number!, b.number!) || a.id - b.id);
  if (call.json) call.out.json(reportOf(index, found));
  else if (found.length === 0) call.out.line(nothing(matching, depth));
  else if (filters.length === 0) printTree(call, index, matching, treeOptions(below, depth));
  else printMatches(call, index, found);
  return 0;
}

/** What was left out by the depth alone is named with the depth that shows it. */
function nothing(matching: readonly SpecSection[], depth: number | undefined): string {
  if (matching.length === 0) return 'no section (fewer filters, or fewer words in --grep, find more)';
  const least = Math.min(...matching.map(({ level }) => level));
  const are = matching.length === 1 ? 'is' : 'are';
  return `no section down to level ${depth}; ${count(matching.length, 'section')} ${are} deeper (--depth ${least} shows the first)`;
}

// Under a number, what stands in a template may be its clauses; in a view of the whole it says the least.
function treeOptions(below: string | undefined, depth: number | undefined): TreeOptions {
  return { ...(below === undefined ? { aside: true } : { below }), ...(depth !== undefined && { depth }) };
}

type Filter = (index: SpecIndex) => (section: SpecSection) => boolean;

function filtersOf(call: Call): Filter[] {
  const kind = choice(call, 'kind', ['body', 'roadmap', 'appendix']);
  const authority = choice(call, 'authority', ['YES', 'NO', 'UNKNOWN']);
  const words = (value(call, 'grep') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const filters: (Filter | false | undefined)[] = [
    kind !== undefined && (() => (section) => section.kind === kind),
    authority !== undefined && (() => (section) => section.authority === authority),
    call.flags.has('in-fence') && (() => (section) => section.container !== undefined),
    call.flags.has('hidden') && (() => (section) => section.hiddenBy !== undefined),
    call.flags.has('duplicates') && repeated,
    words.length > 0 &&
      (() =>
        ({ number = '', title }) => {
          const text = `${number} ${title}`.toLowerCase();
          return words.every((word) => text.includes(word));
        }),
  ];
  return filters.filter((filter) => filter !== false && filter !== undefined);
}

/** Does another section carry the same number? */
function repeated({ sections }: SpecIndex): (section: SpecSection) => boolean {
  const times = new Map<string, number>();
  for (const { number } of sections) {
    if (number !== undefined) times.set(number, (times.get(number) ?? 0) + 1);
  }
  return ({ number }) => number !== undefined && times.get(number)! > 1;
}

function choice(call: Call, name: string, choices: readonly string[]): string | undefined {
  const text = value(call, name);
  if (text === undefined) return undefined;
  const found = choices.find((one) => one.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new UsageError(`--${name} ${text}: expected one of: ${choices.join(', ')}`);
  return found;
}

function isBelow(section: SpecSection, number: string): boolean {
  return section.number !== undefined && isPrefix(number, section.number);
}

function reportOf(index: SpecIndex, sections: readonly SpecSection[]): SectionsReport {
  const { source, version, sha256 } = index;
  return {
    schema: 'govkit.sections@1',
    spec: { source, version, sha256 },
    sections: sections.map((section) => listed(index, section)),
  };
}

function noSection(index: SpecIndex, number: string | undefined) {
  return {
    rule: 'anchor/unresolved',
    severity: 'error' as const,
    place: linePlace(index.files[0]!.path, 1),
    message:
      number === undefined
        ? 'Unexpected absence of sections, expected a Master Spec with headings'
        : `Unexpected section number ${number}, expected one of ${index.version} (gov spec list shows them, --grep WORDS finds titles)`,
    args: { number },
  };
}
