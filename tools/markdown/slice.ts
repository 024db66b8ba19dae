import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

// Made on first use, so that whoever only scans does not load it into a bundle.
let processor: { parse(text: string): Root } | undefined;

/**
 * remark (with GFM: without it a task list has no `checked`) on the lines `from`..`to`, both inclusive and
 * from 1. A whole Master Spec takes remark ten seconds, a section eight milliseconds: so slices only.
 * Positions in the tree count from the start of the slice: add `from - 1` to a line.
 */
export function parseSlice(lines: readonly string[], from = 1, to = lines.length): Root {
  processor ??= unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm);
  return processor.parse(lines.slice(from - 1, to).join('\n'));
}
