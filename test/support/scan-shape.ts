import { scan } from '../../tools/markdown/index.ts';
import type { Shape } from './remark-shape.ts';

/** What the scanner reads in a document, repair off, in the words of {@link Shape}. */
export function scanShape(lines: readonly string[]): Shape {
  const { headings, setext, fences } = scan(lines);
  return {
    atx: headings.map(({ line, level, text }) => `${line} h${level} ${text}`),
    setext: setext.map(({ line, endLine, level, text }) => `${line}-${endLine} h${level} ${text}`),
    fences: fences
      .filter((fence) => !fence.within)
      .map(({ line, endLine, lang }) => `${line}-${endLine} ${lang}`),
  };
}
