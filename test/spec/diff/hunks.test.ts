import { describe, expect, it } from 'vitest';
import { diffSpecs, type Hunk, type SpecIndex } from '../../../tools/spec/index.ts';
import { specOf } from './specs.ts';

/** The hunks of the one section that changed. */
function hunks(a: string | SpecIndex, b: string | SpecIndex): Hunk[] {
  const [from, to] = [a, b].map((spec) => (typeof spec === 'string' ? specOf(spec) : spec));
  const changed = diffSpecs(from!, to!).sections.filter((section) => section.changed);
  expect(changed).toHaveLength(1);
  return changed[0]!.hunks;
}

const spans = (all: readonly Hunk[]): string[] =>
  all.map(({ from, to }) => `${from.line}-${from.endLine} ${to.line}-${to.endLine}`);

const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `line ${at}`);

describe('where a hunk stands', () => {
  it('three lines around it, the numbers of both files', () => {
    const lines = numbered(12);
    const old = `# 1. A\n## 1.1 B\n${lines.join('\n')}\n`;
    const now = `# 1. A\n\n\n## 1.1 B\n${lines.join('\n').replace('line 6', 'LINE 6\nline 6b')}\n`;
    expect(hunks(old, now)).toEqual([
      {
        from: { file: 'Acme_Master_Spec_v01.02.md', line: 6, endLine: 12 },
        to: { file: 'Acme_Master_Spec_v01.02.md', line: 8, endLine: 15 },
        at: 11,
        lines: [
          ' line 3',
          ' line 4',
          ' line 5',
          '-line 6',
          '+LINE 6',
          '+line 6b',
          ' line 7',
          ' line 8',
          ' line 9',
        ],
        removed: 1,
        added: 2,
        normative: false,
      },
    ]);
  });

  it('two changes that share their surroundings are one hunk; seven lines between them are two', () => {
    const edit = (second: number): string =>
      [
        '# 1. A',
        ...numbered(30).map((line, at) => (at === 10 || at === second ? `${line}!` : line)),
        '',
      ].join('\n');
    const old = ['# 1. A', ...numbered(30), ''].join('\n');
    expect(spans(hunks(old, edit(17)))).toEqual(['9-22 9-22']);
    expect(spans(hunks(old, edit(18)))).toEqual(['9-15 9-15', '17-23 17-23']);
  });

  it('a pure addition has no lines of the old file only where there is no surrounding', () => {
    expect(spans(hunks('# 1. A\n', '# 1. A\none\ntwo\n'))).toEqual(['1-1 1-3']);
    expect(spans(hunks('# 1. A\none\ntwo\n', '# 1. A\n'))).toEqual(['1-3 1-1']);
  });

  it('no hunk goes over subsections in a fence', () => {
    const text = (before: string, after: string): string =>
      `# 1. A\n${before}\n\`\`\`\`md\n# 5. T\nin it\n\`\`\`\`\n${after}\nlast\n`;
    expect(spans(hunks(text('b', 'a'), text('b!', 'a!')))).toEqual(['1-3 1-3', '6-8 6-8']);
  });

  it('blank lines that are none of the text do not shift the numbers', () => {
    const old = '# 1. A\n\n\n\none\n\n\ntwo\n';
    expect(spans(hunks(old, old.replace('two', 'TWO')))).toEqual(['2-8 2-8']);
  });

  it('texts that share nothing are shown one after the other', () => {
    const many = (word: string): string =>
      numbered(2500)
        .map((line) => `${word} ${line}`)
        .join('\n');
    const [hunk, ...others] = hunks(`# 1. A\n${many('x')}\n`, `# 1. A\n${many('y')}\n`);
    expect(others).toEqual([]);
    expect([hunk!.removed, hunk!.added, hunk!.from.endLine]).toEqual([2501, 2501, 2501]);
  });

  it('double encoding is repaired in what is shown', () => {
    const [hunk] = hunks('# 1. A\nas Â§4 says\nold\n', '# 1. A\nas §4 says\nnew\n');
    expect(hunk!.lines).toEqual([' # 1. A', ' as §4 says', '-old', '+new']);
  });
});

describe('normative: what changed has weight', () => {
  const fenced = (lang: string, line: string): string => `# 1. A\n\`\`\`${lang}\n${line}\n\`\`\`\n`;
  const cases: [name: string, a: string, b: string, expected: boolean][] = [
    ['prose', '# 1. A\nsays\n', '# 1. A\nsaid\n', false],
    ['an obligation', '# 1. A\nIt MUST hold\n', '# 1. A\nIt should hold\n', true],
    ['an obligation that comes', '# 1. A\n', '# 1. A\nIt SHALL NOT hold\n', true],
    ['REQUIRED', '# 1. A\n', '# 1. A\nREQUIRED.\n', true],
    ['a word that only looks like one', '# 1. A\n', '# 1. A\nMUSTARD, must\n', false],
    [
      'an obligation beside it that stays',
      '# 1. A\nIt MUST hold\nsays\n',
      '# 1. A\nIt MUST hold\nsaid\n',
      false,
    ],
    ['an invariant', '# 1. A\n', '# 1. A\n- **INV-SPAWN-001:** caps\n', true],
    ['an event', '# 1. A\n', '# 1. A\n(FR-EVT-SESS-SPAWN-003)\n', true],
    ['an event family', '# 1. A\n', '# 1. A\nFR-EVT-SESS events\n', true],
    ['an error code', '# 1. A\n', '# 1. A\n`HSK-400-INVALID-EVENT`\n', true],
    ['a word like an identifier', '# 1. A\n', '# 1. A\nan INV-oice, HSK-x\n', false],
    ['a yaml schema', fenced('yaml', 'a: int # default 3'), fenced('yaml', 'a: int # default 4'), true],
    ['a TypeScript schema', fenced('ts', 'a: 1'), fenced('ts', 'a: 2'), true],
    ['a block of text', fenced('text', 'a: 1'), fenced('text', 'a: 2'), false],
    ['the fence of a schema itself', fenced('text', 'a: 1'), fenced('yaml', 'a: 1'), false],
  ];
  it.each(cases)('%s: %s', (_name, a, b, expected) => {
    expect(hunks(a, b).some(({ normative }) => normative)).toBe(expected);
  });
});

it('lines with their signs rebuild both texts', () => {
  const old = `# 1. A\n${numbered(40).join('\n')}\n`;
  const now = old.replace('line 3\n', '').replace('line 20', 'line 20\nmore').replace('line 39', 'end');
  const apply = (sign: string): string[] =>
    hunks(old, now).flatMap(({ lines }) =>
      lines.filter((line) => line[0] !== sign).map((line) => line.slice(1)),
    );
  const inOrder = (part: readonly string[], whole: readonly string[]): boolean => {
    let at = 0;
    for (const line of whole) if (line === part[at]) at++;
    return at === part.length;
  };
  expect(inOrder(apply('+'), old.split('\n'))).toBe(true);
  expect(inOrder(apply('-'), now.split('\n'))).toBe(true);
});
