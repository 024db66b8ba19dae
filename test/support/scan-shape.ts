import { readItems, readTables, scan } from '../../tools/markdown/index.ts';
import type { Shape } from './remark-shape.ts';

/** What the scanner reads in a document, repair off, in the words of {@link Shape}. */
export function scanShape(lines: readonly string[]): Shape {
  const { headings, setext, fences, frontMatter } = scan(lines);
  const from = (frontMatter?.endLine ?? 0) + 1;
  const spans = (inside: boolean): string[] =>
    fences
      .filter((fence) => (fence.within !== undefined) === inside)
      .map(({ line, endLine, lang, closed }) => `${line}-${inside && !closed ? '?' : endLine} ${lang}`);
  return {
    atx: headings.map(({ line, level, text }) => `${line} h${level} ${text}`),
    setext: setext.map(({ line, endLine, level, text }) => `${line}-${endLine} h${level} ${text}`),
    fences: spans(false),
    inner: spans(true),
    items: itemsOf(lines, from),
    rows: rowsOf(lines, from),
  };
}

/** Every list item of the lines from `from` on. */
export function itemsOf(lines: readonly string[], from = 1): string[] {
  return readItems(lines, from).map(({ line, depth, marker, checked }) => {
    const box = checked === undefined ? '' : ` [${checked ? 'x' : ' '}]`;
    return `${line} /${depth}/ ${marker}${box}`;
  });
}

/** Every line of every table. */
export function rowsOf(lines: readonly string[], from = 1): string[] {
  return readTables('', lines, from).flatMap(({ line, header, rows }) =>
    [{ line, cells: header }, ...rows].map(
      ({ line: at, cells }) => `${at} ${['', ...cells.map(({ raw }) => raw), ''].join(' | ').trim()}`,
    ),
  );
}
