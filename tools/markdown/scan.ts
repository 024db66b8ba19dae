import { type WalkedFence, Walker } from './blocks.ts';
import { isMarkdown, languageOf } from './fence.ts';
import type { Fence, Heading, Repair, SetextHeading } from './model.ts';
import { judgeFences } from './repair.ts';

export interface Scan {
  /** By line. */
  fences: Fence[];
  /** Those with `#`s, by line. */
  headings: Heading[];
  /** Those that are underlined, by line. */
  setext: SetextHeading[];
  repairs: Repair[];
  frontMatter?: { line: number; endLine: number };
}

export interface ScanOptions {
  /** Mend broken fences (R1 stray closer, R2 same-length nesting, R5 end of file). Default: strict CommonMark. */
  repair?: boolean;
  /** Read on inside `md` and `markdown` fences (R4). */
  recurse?: boolean;
}

const DEEPEST = 4;

/**
 * Headings and fences of a Markdown file, in linear time; everything finer is remark's, on a slice. Without
 * repair it agrees with CommonMark on top-level ATX headings and fences.
 */
export function scan(lines: readonly string[], options: ScanOptions = {}): Scan {
  const frontMatter = frontMatterOf(lines);
  const result: Scan = {
    fences: [],
    headings: [],
    setext: [],
    repairs: [],
    ...(frontMatter && { frontMatter }),
  };
  const from = (frontMatter?.endLine ?? 0) + 1;
  scanRange(lines, { from, to: lines.length, depth: 0, dedent: 0 }, options, result);
  result.headings.sort((a, b) => a.line - b.line);
  result.setext.sort((a, b) => a.line - b.line);
  result.fences.sort((a, b) => a.line - b.line);
  result.repairs.sort((a, b) => a.line - b.line);
  markHidden(lines, result);
  return result;
}

interface Body {
  from: number;
  to: number;
  depth: number;
  dedent: number;
  container?: number;
}

function scanRange(lines: readonly string[], body: Body, options: ScanOptions, result: Scan): void {
  const provenance = body.container === undefined ? {} : { container: body.container };
  const walker = new Walker({
    lines,
    from: body.from,
    to: body.to,
    dedent: body.dedent,
    ...(options.repair && { judge: judgeFences(lines, body.to, body.depth, result.repairs) }),
  }).run();
  for (const heading of walker.headings) result.headings.push({ ...heading, ...provenance });
  for (const heading of walker.setext) result.setext.push({ ...heading, ...provenance });
  for (const walked of walker.fences) {
    const lang = languageOf(walked.info);
    result.fences.push({ ...walked, lang, depth: body.depth, ...provenance });
    if (options.repair && !walked.closed && !walked.within) {
      result.repairs.push({
        line: walked.line,
        rule: 'R5',
        note: 'the fence is never closed; its end is the end of the text',
        depth: body.depth,
        hides: [],
      });
    }
    if (options.recurse && isMarkdown(lang) && body.depth < DEEPEST && !walked.within) {
      const inner: Body = {
        from: walked.line + 1,
        to: walked.closed ? walked.endLine - 1 : walked.endLine,
        depth: body.depth + 1,
        dedent: walked.indent,
        container: walked.line,
      };
      scanRange(lines, inner, options, result);
    }
  }
}

/**
 * Tells which headings a strict reader would not see, and because of which fence. The two readers part at a
 * mended fence, and agree again behind the first heading that both see: only what is between is read again.
 */
function markHidden(lines: readonly string[], result: Scan): void {
  const top = result.headings.filter((heading) => heading.container === undefined);
  const until = new Set(top.map((heading) => heading.line));
  const setext = result.setext.filter((heading) => heading.container === undefined);
  const own: Heading[] = [...top, ...setext].sort((a, b) => a.line - b.line);
  let agreed = 0;
  let next = 0;
  let nextParted = 0;
  const parted = partings(result);
  for (const { line: from } of parted) {
    if (from <= agreed) continue;
    const strict = new Walker({ lines, from, to: lines.length, until }).run();
    const visible = new Set([...strict.headings, ...strict.setext].map((heading) => heading.line));
    const last = strict.headings.at(-1)?.line ?? 0;
    agreed = until.has(last) ? last : lines.length;
    let fence: WalkedFence | undefined;
    let nextFence = 0;
    for (; next < own.length && own[next]!.line <= agreed; next++) {
      const heading = own[next]!;
      if (heading.line < from || visible.has(heading.line)) continue;
      while (nextFence < strict.fences.length && strict.fences[nextFence]!.line < heading.line)
        fence = strict.fences[nextFence++];
      if (!fence || fence.endLine < heading.line) continue;
      heading.hiddenBy = fence.line;
      while (nextParted < parted.length && parted[nextParted]!.line <= heading.line) nextParted++;
      parted[nextParted - 1]?.repair.hides.push(heading);
    }
  }
}

/** The top-level fences that a repair reads in another way, each with the first such repair. */
function partings({ fences, repairs }: Scan): { line: number; repair: Repair }[] {
  const outer = fences.filter((fence) => fence.depth === 0);
  const parted = new Map<number, Repair>();
  // Both are sorted, and no two fences of one depth share a line.
  let next = 0;
  for (const repair of repairs) {
    if (repair.rule === 'R5' || repair.depth > 0) continue;
    const { line } = repair;
    while (next < outer.length && outer[next]!.endLine < line) next++;
    const at = Math.min(outer[next]?.line ?? line, line);
    if (!parted.has(at)) parted.set(at, repair);
  }
  return [...parted].map(([line, repair]) => ({ line, repair })).sort((a, b) => a.line - b.line);
}

/** A `---` on the first line up to the next one, as remark-frontmatter reads it. */
export function frontMatterOf(lines: readonly string[]): { line: number; endLine: number } | undefined {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return undefined;
  const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
  return end < 0 ? undefined : { line: 1, endLine: end + 1 };
}
