import { describe, expect, it } from 'vitest';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
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
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV:PATH or a version · versions at hand: v01.10\n',
    ],
    [
      'a file that is nowhere',
      one,
      ['nope.md'],
      'gov: nope.md: no such file, expected FILE, DIR or REV:PATH · versions at hand: v01.10\n',
    ],
    [
      'nothing before the spec in force',
      one,
      [],
      'gov: no spec before v01.10 at hand, expected A as FILE, DIR, REV:PATH or a version · versions at hand: v01.10\n',
    ],
    [
      'many versions: the newest are named',
      many,
      ['v01.09', 'v01.10'],
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV:PATH or a version · versions at hand: …, v01.12, v01.13, v01.14, v01.15, v01.16, v01.17: 7 in all\n',
    ],
    [
      'no version at all',
      { 'README.md': 'x' },
      ['v01.09', 'v01.10'],
      'gov: no spec v01.09 at hand, expected FILE, DIR, REV:PATH or a version · versions at hand: none\n',
    ],
    [
      'an anchor that is nowhere',
      one,
      ['v01.10', 'v01.10', '--anchor', '9.9'],
      'gov: --anchor 9.9: no section of v01.10 or v01.10, expected a number with or without its title\n',
    ],
    ['a third spec', one, ['v01.10', 'v01.10', 'x'], 'gov: Unexpected argument "x" for gov spec diff\n'],
  ];
  it.each(cases)('%s', (_name, files, args, said) => {
    const root = bare(files);
    const { code, out, err } = gov(root, ['spec', 'diff', '--root', root, ...args]);
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: said });
  });
});
