import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

// Made on first use, so that whoever only scans does not load it into a bundle.
let processor: { parse(text: string): Root } | undefined;

/** remark calls itself for each level of a list, a quote or a bracket; a person needs six. */
const DEEPEST = 50;
/** What stands before the text of a line: each of its marks opens one level. */
const MARKS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))+/;
const INLINE = /[[*_~]/g;
/** Marks of emphasis or of links in one item: remark pairs them in quadratic time, and each pair is a level. */
const MOST_INLINE = 500;

/**
 * remark (with GFM: without it a task list has no `checked`) on the lines `from`..`to`, both inclusive and
 * from 1. A whole Master Spec takes remark ten seconds, a section eight milliseconds: so slices only.
 * Positions in the tree count from the start of the slice: add `from - 1` to a line.
 */
export function parseSlice(lines: readonly string[], from = 1, to = lines.length): Root {
  processor ??= unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm);
  const slice = lines.slice(from - 1, to);
  // A lone CR would be a line end, and a BOM nothing at all: both would shift every place after them.
  return processor.parse(
    slice
      .join('\n')
      .replaceAll('\r', ' ')
      .replace(/^\uFEFF/, ' '),
  );
}

/** Whether remark would overflow its stack over these lines, or take minutes: ask before {@link parseSlice}. */
export function nestsTooDeeply(lines: readonly string[], from = 1, to = lines.length): boolean {
  let inline = 0;
  for (const line of lines.slice(from - 1, to)) {
    const marks = MARKS.exec(line)?.[0] ?? '';
    if (/^ {0,3}[-*+][ \t]|^\s*$/.test(line)) inline = 0;
    if (marks.replace(/\s|\d/g, '').length > DEEPEST) return true;
    // A list item is indented by two columns at least; twice as many levels is no list but a picture.
    if (marks !== '' && marks.search(/\S/) > DEEPEST * 4) return true;
    inline += line.match(INLINE)?.length ?? 0;
    if (inline > MOST_INLINE) return true;
  }
  return false;
}
