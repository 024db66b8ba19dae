import { describe, expect, it } from 'vitest';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { prose } from '../spec/diff/specs.ts';
import { gov } from '../support/gov.ts';
import { type Repository, temporaryFolder, temporaryRepository, writeTree } from '../support/repository.ts';

const file = (version: string): string => `Acme_Master_Spec_${version}.md`;
const text = (limit: number): string =>
  `# Acme\n\n## 1.1 Spawn limits\n\nA session MUST NOT have more than ${limit} children.\n\n## 1.2 Notes\n\nNothing yet.\n`;

/** v01.02 in git only, v01.10 in the tree and in force. */
function repository(): Repository & { old: string } {
  const made = temporaryRepository();
  const old = made.commit({ [file('v01.02')]: text(4) });
  made.git('rm', '--quiet', file('v01.02'));
  made.commit({
    [file('v01.10')]: `${text(5)}\n## 1.3 Recovery\n`,
    '.GOV/roles_shared/SPEC_CURRENT.md': `The current authoritative Master Specification is **${file('v01.10')}**\n`,
  });
  return { ...made, old };
}

describe('gov spec diff', () => {
  it('alone: the spec in force against the version before it, from git', () => {
    const { root, old } = repository();
    const { code, out, err } = gov(root, ['spec', 'diff']);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(
      new RegExp(`^v01\\.02  ${old.slice(0, 12)}:Acme_Master_Spec_v01\\.02\\.md  sha256 [0-9a-f]{12}$`),
    );
    expect(lines[1]).toMatch(/^v01\.10 {2}Acme_Master_Spec_v01\.10\.md {2}sha256 [0-9a-f]{12}$/);
    expect(lines.slice(2)).toEqual([
      'SAME 2 · MOVED 0 · CHANGED 1 · RENUMBERED 0 · GONE 0 · NEW 1',
      '',
      'CHANGED 1 section, 1 (!) in obligations, identifiers or schemas',
      '  Acme_Master_Spec_v01.10.md:5  ! 1.1 Spawn limits  +1 −1',
      '      + A session MUST NOT have more than 5 children.',
      '',
      'NEW 1 section',
      '  Acme_Master_Spec_v01.10.md:11  1.3 Recovery',
      '',
      'next   gov spec diff --anchor 1.1 --patch',
      '',
    ]);
    const next = lines
      .at(-2)!
      .replace(/^next {3}gov /, '')
      .split(' ');
    expect(gov(root, next).out).toContain('-A session MUST NOT have more than 4 children.\n');
  });

  it.each([
    ['two versions', ['v01.02', 'v01.10'], 'CHANGED 1'],
    ['one version, and the spec in force', ['v1.2'], 'CHANGED 1'],
    ['the other way round', ['v01.10', 'v01.02'], 'GONE 1'],
    ['a revision and a file', [`HEAD~1:${file('v01.02')}`, file('v01.10')], 'CHANGED 1'],
    ['a version and itself', ['v01.10', 'v01.10'], 'SAME 4'],
    ['the spec in force is what --spec says', ['v01.10', '--spec', `HEAD~1:${file('v01.02')}`], 'GONE 1'],
  ])('%s', (_name, args, expected) => {
    const { code, out, err } = gov(repository().root, ['spec', 'diff', ...args]);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[2]).toContain(expected);
  });

  it('a file and a folder outside the repository', () => {
    const outside = temporaryFolder();
    writeTree(outside, { [file('v01.11')]: text(6) });
    const { code, out } = gov(repository().root, ['spec', 'diff', 'v01.10', outside]);
    expect([code, out.split('\n')[2]]).toEqual([
      0,
      'SAME 2 · MOVED 0 · CHANGED 1 · RENUMBERED 0 · GONE 1 · NEW 0',
    ]);
  });

  it('--anchor: the section and what stands below it, in text, patch and JSON', () => {
    const { root } = repository();
    const json = JSON.parse(gov(root, ['spec', 'diff', 'v01.02', '--anchor', '1.3', '--json']).out);
    expect(json.anchors.map(({ number }: { number: string }) => number)).toEqual(['1.3']);
    expect(json.counts).toEqual({ SAME: 0, MOVED: 0, CHANGED: 0, RENUMBERED: 0, GONE: 0, NEW: 1 });
    expect(gov(root, ['spec', 'diff', 'v01.02', '--anchor', '1.3', '--patch']).out).toBe(
      'NEW 1.3 Recovery\nAcme_Master_Spec_v01.10.md:11\n\n',
    );
    expect(gov(root, ['spec', 'diff', 'v01.02', '--anchor', '1.2 Notes']).out.split('\n')[2]).toBe(
      'SAME 1 · MOVED 0 · CHANGED 0 · RENUMBERED 0 · GONE 0 · NEW 0',
    );
  });

  it('--anchor twice: the sections of both', () => {
    const args = ['spec', 'diff', '--json', '--anchor', '1.1', '--anchor', '1.3'];
    const { anchors } = JSON.parse(gov(repository().root, args).out);
    expect(anchors.map(({ number }: { number: string }) => number)).toEqual(['1.1', '1.3']);
  });

  it('--patch: what came, went and has another number is told; nothing changed is said', () => {
    const root = temporaryFolder();
    writeTree(root, {
      'a_Spec_v1.1.md': `# A\n## 1.1 Old\n${prose('old')}\n## 1.2 Kept\n${prose('kept')}\n`,
      'b_Spec_v1.2.md': `# A\n## 1.1 Fresh\n${prose('fresh')}\n## 1.3 Kept\n${prose('kept')}\n`,
    });
    const patch = (...args: string[]): string =>
      gov(root, ['spec', 'diff', 'a_Spec_v1.1.md', '--root', root, '--patch', ...args]).out;
    expect(patch('b_Spec_v1.2.md').split('\n')).toEqual([
      'GONE 1.1 Old',
      '1.1 is now "Fresh"',
      'a_Spec_v1.1.md:2',
      '',
      'NEW 1.1 Fresh',
      '1.1 was "Old"',
      'b_Spec_v1.2.md:2',
      '',
      'RENUMBERED 1.2 → 1.3 Kept',
      'b_Spec_v1.2.md:5',
      '',
      '',
    ]);
    expect(patch('a_Spec_v1.1.md')).toBe('no clause changed\n');
  });

  it('the next command leads to the clause that changed, whichever has its number, in the same tree', () => {
    const root = temporaryFolder();
    const book = (limit: number): string =>
      `# 1. A\n## 1.1 Limits\nSo it stands.\n# 2. B\n## 2.1 Import\n### 1.1 Order\nIt MUST take ${limit}.\n`;
    writeTree(root, { [file('v01.02')]: book(4), [file('v01.10')]: book(5) });
    const args = ['spec', 'diff', 'v01.02', '--spec', file('v01.10'), '--anchor', '2.1', '--root', '.'];
    const next = gov(root, args).out.trimEnd().split('\n').at(-1)!;
    expect(next).toBe(
      `next   gov spec diff v01.02 --anchor ${file('v01.10')}:6 --patch --root . --spec ${file('v01.10')}`,
    );
    const patch = gov(root, next.replace(/^next {3}gov /, '').split(' ')).out;
    expect(patch).toContain('CHANGED 1.1 Order\n');
    expect(patch).toContain('+It MUST take 5.\n');
  });

  it('a wildcard takes what has such a number wherever it stands, in both versions', () => {
    const root = temporaryFolder();
    const fence = '`'.repeat(3);
    const pasted = `# 7. Templates\n## 7.5 Volume\n${fence}md\n## 4.3.2 Session [ADD v01.10]\nIt MUST stop.\n${fence}\n`;
    const head = '# 4. A\n## 4.3 Limits\n### 4.3.1 First\nSo it stands.\n';
    writeTree(root, { [file('v01.02')]: head, [file('v01.10')]: `${head}${pasted}` });
    const report = (anchor: string): string[] =>
      JSON.parse(
        gov(root, [
          'spec',
          'diff',
          file('v01.02'),
          file('v01.10'),
          '--anchor',
          anchor,
          '--json',
          '--root',
          root,
        ]).out,
      ).anchors.map(({ number, change }: { number: string; change: string }) => `${number} ${change}`);
    expect(report('4.3')).toEqual(['4.3 SAME', '4.3.1 SAME']);
    expect(report('4.3.*')).toEqual(['4.3 SAME', '4.3.1 SAME', '4.3.2 NEW']);
    expect(report('4.3.1–4.3.2')).toEqual(['4.3.1 SAME', '4.3.2 NEW']);
  });

  it('--json is complete, and the same whoever asks', () => {
    const { root } = repository();
    const [first, second] = [1, 2].map(() => gov(root, ['spec', 'diff', '--json']));
    expect(first!.out).toBe(second!.out);
    const report = specDiffSchema.parse(JSON.parse(first!.out));
    expect(report.anchors.map(({ number, change }) => `${number} ${change}`)).toEqual([
      'null SAME',
      '1.1 CHANGED',
      '1.2 SAME',
      '1.3 NEW',
    ]);
    expect(report.affected).toEqual([]);
  });
});

describe('a wrong call: exit 2, one line, and what is at hand', () => {
  const bare = (files: Record<string, string>): string => {
    const root = temporaryFolder();
    writeTree(root, files);
    return root;
  };
  const force = `The current authoritative Master Specification is **${file('v01.10')}**\n`;
  const one = { [file('v01.10')]: text(5), '.GOV/roles_shared/SPEC_CURRENT.md': force };
  const many = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((n) => [file(`v01.1${n}`), '# A\n']),
  );
  const cases: [name: string, files: Record<string, string>, args: string[], said: string][] = [
    [
      'a version that is nowhere',
      one,
      ['v01.09', 'v01.10'],
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV, REV:PATH or a version · versions at hand: v01.10\n',
    ],
    [
      'a file that is nowhere',
      one,
      ['nope.md'],
      'gov: nope.md: no such file or revision, expected FILE, DIR, REV, REV:PATH or a glob · versions at hand: v01.10\n',
    ],
    [
      'nothing before the spec in force',
      one,
      [],
      'gov: no spec before v01.10 at hand, expected two to compare: gov spec diff A B, each FILE, DIR, REV, REV:PATH or a version · versions at hand: v01.10\n',
    ],
    [
      'many versions: the newest are named',
      many,
      ['v01.09', 'v01.10'],
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV, REV:PATH or a version · versions at hand: …, v01.12, v01.13, v01.14, v01.15, v01.16, v01.17: 7 in all\n',
    ],
    [
      'no version at all',
      { 'README.md': 'x' },
      ['v01.09', 'v01.10'],
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV, REV:PATH or a version · versions at hand: none\n',
    ],
    [
      'an anchor that is nowhere',
      one,
      ['v01.10', 'v01.10', '--anchor', '9.9'],
      'gov: --anchor 9.9: UNRESOLVED in v01.10 (no heading has the number 9.9), expected a number with or without its title, or FILE:LINE\n',
    ],
    [
      'an anchor whose title is of another section',
      one,
      ['v01.10', 'v01.10', '--anchor', '1.2 Spawn limits'],
      `gov: --anchor 1.2 Spawn limits: TITLE_MISMATCH in v01.10 (the heading says "Notes", the anchor says "Spawn limits"; renumbered? The title stands at 1.1 "Spawn limits" (line 3)), expected such as ${file('v01.10')}:7 1.2 Notes\n`,
    ],
    [
      'an anchor that names two sections',
      { ...one, [file('v01.10')]: '# A\n## 1.1 B\n## 1.1 C\n' },
      ['v01.10', 'v01.10', '--anchor', '1.1'],
      `gov: --anchor 1.1: AMBIGUOUS in v01.10 (2 headings have the number 1.1), expected such as ${file('v01.10')}:2 1.1 B, ${file('v01.10')}:3 1.1 C\n`,
    ],
    [
      'a line that the file does not have',
      one,
      ['v01.10', 'v01.10', '--anchor', `${file('v01.10')}:999`],
      `gov: --anchor ${file('v01.10')}:999: no section stands there, expected a line of ${file('v01.10')}\n`,
    ],
    [
      'the version in force and nothing else',
      one,
      ['v01.10'],
      'gov: v01.10 is the spec in force, expected another one to compare it with · versions at hand: v01.10\n',
    ],
    [
      'the spec in force by its file',
      one,
      [file('v01.10')],
      `gov: ${file('v01.10')} is the spec in force, expected another one to compare it with · versions at hand: v01.10\n`,
    ],
    [
      'what --spec names',
      { ...one, [file('v01.09')]: text(4) },
      ['v01.09', '--spec', file('v01.09')],
      'gov: v01.09 is what --spec names, expected another one to compare it with · versions at hand: v01.09, v01.10\n',
    ],
    [
      '--spec beside A and B',
      one,
      ['v01.10', 'v01.10', '--spec', file('v01.10')],
      'gov: --spec stands for B, expected only one of the two\n',
    ],
    ['a third spec', one, ['v01.10', 'v01.10', 'x'], 'gov: Unexpected argument "x" for gov spec diff\n'],
  ];
  it.each(cases)('%s', (_name, files, args, said) => {
    const root = bare(files);
    const { code, out, err } = gov(root, ['spec', 'diff', '--root', root, ...args]);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: said });
  });
});
