import fc from 'fast-check';
import type { Code, Heading } from 'mdast';
import { describe, expect, it } from 'vitest';
import { parseSlice, scan } from '../../tools/markdown/index.ts';

const indent = fc.constantFrom('', '', '', ' ', '  ', '   ', '    ', '\t', '      ');
const word = fc.constantFrom('a', 'text here', '1.2 Title', 'b #', '`code`', '<b>', '[x]', 'c ## ', '---');
const leaf = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('#', '##', '###', '######', '#######', '#'),
        fc.constantFrom(' ', ' ', '\t', ''),
        word,
      )
      .map((p) => p.join('')),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('```', '```', '````', '~~~', '~~~~', '``'),
        fc.constantFrom('', '', '', 'yaml', ' md', ' ', ' a`b', '\u00a0'),
      )
      .map((p) => p.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<!-- one -->',
      '<!-- open',
      'close -->',
      '<div>',
      '</div>',
      '<b>',
      '<span class="x">',
      '<a href=y',
      '<script>',
      '</script>',
      '<?php',
      '?>',
      '<!DOCTYPE x>',
      '<![CDATA[',
      ']]>',
      '<pre>',
      '<custom-tag a=1 b />',
      '<!-->',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom('---', '===', '***', '- - -', '* * *', '___', '-', '=') },
  { weight: 3, arbitrary: word },
  { weight: 4, arbitrary: fc.constant('') },
);
const marker = fc.constantFrom(
  '',
  '',
  '',
  '',
  '- ',
  '-',
  '* ',
  '+   ',
  '-     ',
  '1. ',
  '2) ',
  '10. ',
  '> ',
  '>',
  '>\t',
  '-\t',
  '[^n]: ',
);
const line = fc
  .tuple(indent, marker, fc.constantFrom('', '', ' ', '    '), marker, leaf)
  .map((parts) => parts.join(''));
const document = fc.array(line, { minLength: 1, maxLength: 10 });

interface Shape {
  headings: string[];
  fences: string[];
}

function scanned(lines: readonly string[]): Shape {
  const found = scan(lines);
  return {
    headings: found.headings.map((heading) => `${heading.line} h${heading.level}`),
    fences: found.fences.filter((fence) => !fence.within).map((fence) => `${fence.line} ${fence.lang}`),
  };
}

function remarked(lines: readonly string[]): Shape {
  const children = parseSlice(lines).children;
  const source = (node: Heading | Code): string =>
    lines[node.position!.start.line - 1]!.slice(node.position!.start.column - 1).trimStart();
  return {
    headings: children
      .filter((node) => node.type === 'heading')
      .filter(
        (node) =>
          /^#{1,6}(?:[ \t]|$)/.test(source(node)) && node.position!.start.line === node.position!.end.line,
      )
      .map((node) => `${node.position!.start.line} h${node.depth}`),
    fences: children
      .filter((node) => node.type === 'code')
      .filter(
        (node) =>
          /^(?:`{3}|~{3})/.test(source(node)) &&
          !/^ {4}|^ {0,3}\t/.test(lines[node.position!.start.line - 1]!),
      )
      .map((node) => `${node.position!.start.line} ${(node.lang ?? '').toLowerCase()}`),
  };
}

describe('scan, repair off', () => {
  it('agrees with remark on top-level ATX headings and fences', () => {
    fc.assert(
      fc.property(document, (lines) => {
        // After indented code micromark refuses what may not interrupt a paragraph: an empty item, and an
        // ordered one that does not start at 1. CommonMark has no such rule.
        const refused = /^\s*(?:(?:[-+*]|\d+[.)])\s*$|(?!0*1[.)])\d+[.)])/;
        fc.pre(
          !lines.some((line, at) => at > 0 && refused.test(line) && /^(?: {4}|\s*\t)/.test(lines[at - 1]!)),
        );
        // The development build of remark-gfm, which vitest loads, asserts where a box follows an empty item.
        const box = /^\s*\[x\]/;
        fc.pre(
          !lines.some((line, at) => at > 0 && box.test(line) && /(?:[-+*]|\d+[.)])\s*$/.test(lines[at - 1]!)),
        );
        expect(scanned(lines)).toEqual(remarked(lines));
      }),
      { numRuns: 2000 },
    );
  });
});
