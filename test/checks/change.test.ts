import { describe, expect, it } from 'vitest';
import { changesOf, findingsOfChange, newFindings, type Side } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';

/** `file:line rule message`. */
function finding(text: string): Finding {
  const [, file = '', line = '', rule = '', message = ''] = /^(\S+):(\d+) (\S+) (.*)$/.exec(text) ?? [];
  const at = Number(line);
  return {
    rule,
    severity: 'error',
    place: { file, line: at, column: 1, endLine: at, endColumn: 2 },
    message,
    args: {},
  };
}

const side = (findings: string[], contents: Record<string, string> = {}, specVersion?: string): Side => ({
  findings: findings.map(finding),
  contents: new Map(Object.entries(contents)),
  specVersion,
});

const told = (findings: Finding[]): string[] =>
  findings.map(({ place, rule, message }) => `${place.file}:${place.line} ${rule} ${message}`);

describe('newFindings', () => {
  it.each<[string, Side, Side[], string[]]>([
    ['without a reference everything is new', side(['a.md:1 r m']), [], ['a.md:1 r m']],
    ['one that is there already is not', side(['a.md:1 r m']), [side(['a.md:1 r m'])], []],
    ['a moved one is not', side(['a.md:9 r m']), [side(['a.md:1 r m'])], []],
    [
      'a second one of the same kind is',
      side(['a.md:1 r m', 'a.md:2 r m']),
      [side(['a.md:5 r m'])],
      ['a.md:2 r m'],
    ],
    ['the same in another file is', side(['b.md:1 r m']), [side(['a.md:1 r m'])], ['b.md:1 r m']],
    ['the same of another rule is', side(['a.md:1 s m']), [side(['a.md:1 r m'])], ['a.md:1 s m']],
    ['another message is', side(['a.md:1 r n']), [side(['a.md:1 r m'])], ['a.md:1 r n']],
    ['one that a reference had and the change mends is none', side([]), [side(['a.md:1 r m'])], []],
    [
      'what any parent of a merge has is not',
      side(['a.md:1 r m', 'b.md:1 r m', 'c.md:1 r m']),
      [side(['a.md:1 r m']), side(['b.md:1 r m'])],
      ['c.md:1 r m'],
    ],
    [
      'two parents that have one each allow one, not two',
      side(['a.md:1 r m', 'a.md:2 r m']),
      [side(['a.md:1 r m']), side(['a.md:1 r m'])],
      ['a.md:2 r m'],
    ],
    [
      'positions in a message do not count',
      side(['a.md:1 r the first is at 22:1 ([STUB]), in line 8 (S.md:31000)']),
      [side(['a.md:1 r the first is at 9:10 ([STUB]), in line 7 (S.md:30)'])],
      [],
    ],
    [
      'the version of the spec does not count, in messages and in the name of its file',
      side(['S_v02.138.md:1 r a section of v02.138'], {}, 'v02.138'),
      [side(['S_v02.137.md:1 r a section of v02.137'], {}, 'v02.137')],
      [],
    ],
    [
      'other numbers do count',
      side(['a.md:1 r Unexpected anchor 4.3.9.16']),
      [side(['a.md:1 r Unexpected anchor 4.3.9.15'])],
      ['a.md:1 r Unexpected anchor 4.3.9.16'],
    ],
    [
      'one that was moved with its whole file is not',
      side(['new.md:1 r m'], { 'new.md': 'text' }),
      [side(['old.md:1 r m'], { 'old.md': 'text' })],
      [],
    ],
    [
      'one in a file that was moved and edited is',
      side(['new.md:1 r m'], { 'new.md': 'edited' }),
      [side(['old.md:1 r m'], { 'old.md': 'text' })],
      ['new.md:1 r m'],
    ],
    [
      'one in a copy is: the original is still there',
      side(['old.md:1 r m', 'new.md:1 r m'], { 'old.md': 'text', 'new.md': 'text' }),
      [side(['old.md:1 r m'], { 'old.md': 'text' })],
      ['new.md:1 r m'],
    ],
    [
      'one that another file has since a file is gone is',
      side(['board.md:1 r no such file'], { 'board.md': 'b' }),
      [side(['gone.md:1 r m'], { 'board.md': 'b', 'gone.md': 'g' })],
      ['board.md:1 r no such file'],
    ],
    [
      'an empty tree is always told, whatever was before',
      side(['.GOV:1 tree/empty no governed file']),
      [side(['.GOV:1 tree/empty no governed file'])],
      ['.GOV:1 tree/empty no governed file'],
    ],
  ])('%s', (_name, subject, references, expected) => {
    expect(told(newFindings(subject, references))).toEqual(expected);
  });
});

describe('findingsOfChange', () => {
  it('tells all of a file that differs, and of the others only what is new', () => {
    const before = side(['a.md:1 r old', 'b.md:1 r old'], { 'a.md': '1', 'b.md': '1' });
    const now = side(['a.md:3 r old', 'a.md:4 r new', 'b.md:1 r old', 'b.md:2 r new'], {
      'a.md': '2',
      'b.md': '1',
    });
    const { fresh, touched } = findingsOfChange(now, [before]);
    expect([told(fresh), told(touched)]).toEqual([['a.md:4 r new', 'b.md:2 r new'], ['a.md:3 r old']]);
  });

  it('a file that a merge takes as one parent has it does not answer for itself', () => {
    const now = side(['a.md:1 r old'], { 'a.md': '2' });
    const parents = [side([], { 'a.md': '1' }), side(['a.md:1 r old'], { 'a.md': '2' })];
    expect(findingsOfChange(now, parents)).toEqual({ fresh: [], touched: [] });
  });

  it('a file that was only moved does not answer for itself', () => {
    const before = side(['old.md:1 r m'], { 'old.md': '1' });
    const now = side(['new.md:1 r m'], { 'new.md': '1' });
    expect(findingsOfChange(now, [before])).toEqual({ fresh: [], touched: [] });
  });
});

describe('changesOf', () => {
  const contents = (text: string): Map<string, string> =>
    new Map(
      text
        .split(' ')
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );

  it.each([
    ['nothing', 'a=1', ['a=1'], [[], [], []]],
    ['without a reference, all', 'a=1 b=2', [], [['a', 'b'], [], []]],
    ['an edit', 'a=2 b=1', ['a=1 b=1'], [['a'], [], []]],
    ['a new file', 'a=1 b=2', ['a=1'], [['b'], [], []]],
    ['a file that is gone', 'a=1', ['a=1 b=2'], [[], [], ['b']]],
    ['a file with another name', 'c=1', ['a=1'], [[], ['c'], []]],
    ['two of one text with other names', 'c=1 d=1', ['a=1 b=1'], [[], ['c', 'd'], []]],
    ['a merge: what one parent has is no change', 'a=1 b=2', ['a=1 b=1', 'a=2 b=2'], [[], [], []]],
    ['a merge: what no parent has is one', 'a=3', ['a=1', 'a=2'], [['a'], [], []]],
    ['a merge: a file that only one parent had is not gone', 'a=1', ['a=1', 'a=1 b=1'], [[], [], []]],
  ] as const)('%s', (_name, subject, references, expected) => {
    const { changed, moved, gone } = changesOf(contents(subject), references.map(contents));
    expect([[...changed], [...moved], [...gone]]).toEqual(expected);
  });
});
