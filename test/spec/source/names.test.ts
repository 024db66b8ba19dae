import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byReadingOrder, isModuleName, versionFrom } from '../../../tools/spec/source/names.ts';

describe('byReadingOrder', () => {
  const orders: [name: string, paths: string[]][] = [
    ['numbers by value', ['2-x.md', '10-x.md']],
    ['zeros before a number do not count', ['02-a.md', '2-b.md', '03-a.md']],
    [
      'a chapter before its parts, whatever it is called',
      ['07-user-experience.md', '07-6-roadmap.md', '08-x.md'],
    ],
    ['parts by value', ['07-a.md', '07-2-b.md', '07-10-a.md', '07-10-1-a.md']],
    ['a number with a word is a word', ['07-2nd.md', '07-a.md', '07-2-b.md']],
    ['what has no number comes last', ['99-x.md', 'appendix.md']],
    ['a name before the longer name', ['a.md', 'a-b.md']],
    ['numbers in words by value', ['part 2.md', 'part 10.md']],
    ['folder by folder', ['1/9-x.md', '2/1-x.md', '10/0-x.md']],
    ['a file before the folder of its parts', ['07-a.md', '07-a/1-b.md', '08-b.md']],
  ];
  it.each(orders)('%s', (_name, paths) => {
    expect(paths.toReversed().sort(byReadingOrder)).toEqual(paths);
  });

  it('is a total order', () => {
    const path = fc.stringMatching(/^[0-2ab/. -]{0,6}(?:\.md)?$/);
    fc.assert(
      fc.property(path, path, path, (a, b, c) => {
        expect(Math.sign(byReadingOrder(a, b))).toBe(-Math.sign(byReadingOrder(b, a)) + 0);
        expect(byReadingOrder(a, b) === 0).toBe(a === b);
        if (byReadingOrder(a, b) < 0 && byReadingOrder(b, c) < 0)
          expect(byReadingOrder(a, c)).toBeLessThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  ['07-user-experience.md', true],
  ['a/b/07-6-development-roadmap.md', true],
  ['7-x.MD', true],
  ['00-Überblick.md', true],
  ['README.md', false],
  ['07.md', false],
  ['07-6.md', false],
  ['2026-02-24-notes.md', false],
  ['07-x.txt', false],
])('isModuleName(%s) is %s', (path, expected) => expect(isModuleName(path)).toBe(expected));

it.each([
  ['v02.195', 'v02.195'],
  ['02.195', 'v02.195'],
  ['V2', 'V2'],
  ['latest', undefined],
  ['', undefined],
  [2.195, undefined],
])('versionFrom(%j) is %s', (stated, expected) => expect(versionFrom(stated)).toBe(expected));
