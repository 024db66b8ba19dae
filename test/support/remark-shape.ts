import { readFileSync } from 'node:fs';
import type { Heading, Parent, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { splitLines } from '../../tools/text/index.ts';

export interface Shape {
  /** Headings with `#`s: `3 h2 Title`. */
  atx: string[];
  /** Underlined headings: `3-4 h2 Title`. */
  setext: string[];
  /** Top-level fences: `5-9 yaml`. */
  fences: string[];
  /** Fences in lists, quotes and footnotes, in the same words; where the container ends one, its end is `?`. */
  inner: string[];
  /** Every list item: its line, the items around it, its marker, its box: `7 /1/ - [x]`. */
  items: string[];
  /** Every line of every table: `9 | a | b |`, the head first. */
  rows: string[];
}

/**
 * CommonMark forbids some list items where they would interrupt a paragraph. micromark forbids them in two
 * more places: after indented code, and behind a container that has just begun on the same line. This stands
 * before its list items and takes the ban off there; scan.property.test.ts shows both cases without it.
 */
const allowItems = {
  tokenize(this: Tokenizer, _effects: unknown, _ok: unknown, nok: unknown) {
    const flow = this.events.findLast(([, token]) => token.type === 'chunkFlow')?.[1]._tokenizer;
    if (flow?.currentConstruct?.name === 'codeIndented' || flow?.previous === null)
      this.interrupt = undefined;
    return nok;
  },
};

interface Tokenizer {
  interrupt: boolean | undefined;
  events: [unknown, { type: string; _tokenizer?: Flow }][];
}

interface Flow {
  currentConstruct?: { name?: string };
  /** The last character; null behind the end of what was read. */
  previous: number | null;
}

function mended(this: Processor): void {
  const data = this.data() as {
    micromarkExtensions?: object[];
    fromMarkdownExtensions?: { transforms?: unknown }[][];
  };
  // They make links of bare addresses and give them no place.
  for (const extension of data.fromMarkdownExtensions?.flat() ?? []) delete extension.transforms;
  const codes = Array.from('*+-0123456789', (char) => char.charCodeAt(0));
  data.micromarkExtensions = [
    ...(data.micromarkExtensions ?? []),
    { document: Object.fromEntries(codes.map((code) => [code, allowItems])) },
  ];
}

const remark = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(mended);

/** The top-level headings and fences of a document as remark reads them. */
export function remarkShape(document: readonly string[]): Shape {
  // Looking for the end of a front matter that has none, remark passes over every container of the document.
  // A blank line takes the front matter away and nothing else.
  const rule = /^---[ \t]*$/;
  const shift = rule.test(document[0] ?? '') && !document.slice(1).some((line) => rule.test(line)) ? 1 : 0;
  const lines = shift === 0 ? document : ['', ...document];
  // As parseSlice does: to git and to editors a lone CR ends no line.
  const text = lines.join('\n').replaceAll('\r', ' ');
  const shape: Shape = { atx: [], setext: [], fences: [], inner: [], items: [], rows: [] };
  const root = remark.parse(text) as Root;
  walk(root, 0, 0, { shape, lines, text, shift });
  for (const node of root.children) {
    const line = node.position!.start.line - shift;
    const endLine = node.position!.end.line - shift;
    const source = lines[line + shift - 1]!;
    if (node.type === 'code' && /^ {0,3}(?:`{3}|~{3})/.test(source)) {
      shape.fences.push(`${line}-${endLine} ${(node.lang ?? '').toLowerCase()}`);
    }
    if (node.type !== 'heading') continue;
    const title = titleOf(node, text);
    if (line === endLine && /^ {0,3}#/.test(source)) shape.atx.push(`${line} h${node.depth} ${title}`);
    // Link definitions before the title belong to remark's heading too.
    else
      shape.setext.push(
        `${node.children[0]!.position!.start.line - shift}-${endLine} h${node.depth} ${title}`,
      );
  }
  return shape;
}

interface Walk {
  shape: Shape;
  lines: readonly string[];
  text: string;
  shift: number;
}

/** Items, tables and inner fences, wherever they stand. */
function walk(parent: Parent, depth: number, items: number, context: Walk): void {
  const { shape, lines, text, shift } = context;
  for (const node of parent.children) {
    const { start, end } = node.position!;
    const line = start.line - shift;
    const source = lines[start.line - 1]!.slice(start.column - 1);
    if (node.type === 'code' && depth > 0 && /^(?:`{3}|~{3})/.test(source)) {
      const closed = end.line > start.line && closes(lines[end.line - 1]!.slice(0, end.column - 1), source);
      shape.inner.push(`${line}-${closed ? end.line - shift : '?'} ${(node.lang ?? '').toLowerCase()}`);
    }
    if (node.type === 'listItem') {
      const marker = /^(?:[-*+]|\d+[.)])/.exec(source.trimStart())?.[0];
      const box = typeof node.checked === 'boolean' ? ` [${node.checked ? 'x' : ' '}]` : '';
      shape.items.push(`${line} /${items}/ ${marker}${box}`);
    }
    if (node.type === 'table') {
      for (const row of node.children) {
        const cells = row.children.map(({ children }) => {
          const from = children[0]?.position?.start.offset ?? 0;
          return text.slice(from, children.at(-1)?.position?.end.offset ?? from);
        });
        shape.rows.push(`${row.position!.start.line - shift} ${['', ...cells, ''].join(' | ').trim()}`);
      }
    } else if ('children' in node) {
      walk(node as Parent, depth + 1, items + (node.type === 'listItem' ? 1 : 0), context);
    }
  }
}

function closes(line: string, opener: string): boolean {
  const marks = /^(?:`{3,}|~{3,})/.exec(opener)![0];
  const closer = /^[\s>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
  return closer !== undefined && closer[0] === marks[0] && closer.length >= marks.length;
}

function titleOf({ children }: Heading, text: string): string {
  const from = children[0]?.position?.start.offset ?? 0;
  const source = text.slice(from, children.at(-1)?.position?.end.offset ?? from);
  return source
    .split('\n')
    .map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''))
    .join('\n');
}

/** The lines of a file; one that is no UTF-8 (the corpus has some) has the same headings and fences. */
export function readLines(file: string): string[] {
  return splitLines(new TextDecoder().decode(readFileSync(file)));
}
