import {
  changeOf,
  type SpecDiff,
  type SpecFile,
  type SpecIndex,
  type SpecSection,
} from '../../spec/index.ts';
import { lossOf, nameOf, type Verdict, worst } from './fate.ts';
import { linesBetween, type OwnedLine, ownLinesOf } from './lines.ts';
import { pinName, pinnedFile } from './modules.ts';
import type { Pin } from './pins.ts';
import { noModule } from './window.ts';

/**
 * What became of a window. It rests on every section that it touches, whatever number its anchor names: a change
 * in one of them is a change of the clause, also where the window's own lines are still the same.
 */
export function judgeWindow(diff: SpecDiff, pin: Pin): Verdict {
  const { from } = diff;
  const { start, end } = pin.window!;
  const file = pinnedFile(from, pin.query);
  if (file === undefined) return { change: 'UNRESOLVED', reason: noModule(from) };
  const lines = linesBetween(from, file.path, start, end);
  const clauses = [...new Set(lines.flatMap(({ section }) => section ?? []))];
  return { ...judgeLines(diff, pin, file, lines), clauses };
}

function judgeLines(diff: SpecDiff, pin: Pin, file: SpecFile, lines: readonly OwnedLine[]): Verdict {
  const { start, end } = pin.window!;
  const { from, to } = diff;
  if (end > file.lines.length || lines.length === 0) {
    return { change: 'UNRESOLVED', reason: `lines ${start}-${end} say nothing in ${from.version}` };
  }
  const sections = [...new Set(lines.map(({ section }) => section))];
  const losses = sections.flatMap((section) => {
    const loss = section && lossOf(changeOf(diff, section), to.version);
    return loss === undefined ? [] : [loss];
  });
  if (losses.length > 0) {
    const change = worst(losses.map((loss) => loss.change));
    const reason = losses.find((loss) => loss.change === change)!.reason;
    const others = losses.length > 1 ? ` (and ${losses.length - 1} more of ${sections.length} sections)` : '';
    return { change, reason: reason + others };
  }
  const first = counterpart(diff, file, lines[0]!);
  const last = counterpart(diff, file, lines.at(-1)!);
  const now = fileOf(diff, file, lines[0]!);
  const changed = first && last && differenceIn(diff, lines, now, first, last);
  if (first === undefined || last === undefined || changed !== undefined) {
    const where = changed === undefined ? '' : ` (line ${changed})`;
    return {
      change: 'CHANGED',
      reason: `lines ${start}-${end} do not stand together in ${to.version} any more${where}`,
    };
  }
  const window = {
    start: Math.max(1, first - (lines[0]!.line - start)),
    end: Math.min(to.files.find(({ path }) => path === now)!.lines.length, last + (end - lines.at(-1)!.line)),
  };
  // Blank lines around the window may have become fewer: what stands there now is no part of it.
  const same = (s: number, e: number): boolean => linesBetween(to, now, s, e).length === lines.length;
  if (!same(window.start, last)) window.start = first;
  if (!same(window.start, window.end)) window.end = last;
  const name = sections[0] === undefined ? 'its text' : nameOf(sections[0]);
  const specLine = pin.specLine === undefined ? undefined : lineOf(diff, file, pin.specLine);
  const at = specLine === undefined ? {} : { specLine };
  if (window.start === start && window.end === end) {
    return { change: 'SAME', reason: `${name}, lines ${start}-${end}`, window, ...at };
  }
  return {
    change: 'MOVED',
    reason: `${name}, lines ${start}-${end} are now ${window.start}-${window.end}`,
    window,
    ...at,
  };
}

/** The same line in the new version, if its section has the same text there. */
export function lineOf(diff: SpecDiff, file: SpecFile, line: number): number | undefined {
  const [at] = linesBetween(diff.from, file.path, line, line);
  return at && counterpart(diff, file, at);
}

function counterpart(diff: SpecDiff, file: SpecFile, { section, line }: OwnedLine): number | undefined {
  if (section === undefined) return preamble(diff, file, line);
  const { to, changed } = changeOf(diff, section);
  if (to === undefined || changed) return undefined;
  const position = ownLinesOf(diff.from, section).findIndex((each) => each.line === line);
  return ownLinesOf(diff.to, to)[position]?.line;
}

/** What stands before the first heading belongs to no section: it is where it was, or not there. */
function preamble({ from, to }: SpecDiff, file: SpecFile, line: number): number | undefined {
  const [was] = linesBetween(from, file.path, line, line);
  const [is] = linesBetween(to, namesake(to, file).path, line, line);
  return was?.text === is?.text && is?.section === undefined ? line : undefined;
}

function fileOf(diff: SpecDiff, file: SpecFile, { section }: { section: SpecSection | undefined }): string {
  return (section && changeOf(diff, section).to?.file) ?? namesake(diff.to, file).path;
}

/** The module of the same name, else the first file. */
function namesake({ files }: SpecIndex, { path }: SpecFile): SpecFile {
  return files.find((file) => pinName(file.path) === pinName(path)) ?? files[0]!;
}

/** The first line of the new version between the two that is not the next one of the window. */
function differenceIn(
  diff: SpecDiff,
  lines: readonly OwnedLine[],
  file: string,
  first: number,
  last: number,
): number | undefined {
  const now = linesBetween(diff.to, file, first, last);
  for (let at = 0; at < Math.max(now.length, lines.length); at++) {
    if (now[at]?.text !== lines[at]?.text) return now[at]?.line ?? last;
  }
  return undefined;
}
