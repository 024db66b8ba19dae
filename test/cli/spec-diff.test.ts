import { describe, expect, it } from 'vitest';
import { createOutput } from '../../tools/cli/output.ts';
import { printPatch, printSpecDiff } from '../../tools/cli/reporters/spec-diff.ts';
import { specDiffReport } from '../../tools/cli/reporters/spec-diff-json.ts';
import { runsOf } from '../../tools/cli/reporters/spec-diff-runs.ts';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { type AffectedArtifact, type Change, diffSpecs, type SpecDiff } from '../../tools/spec/index.ts';
import { prose, specOf } from '../spec/diff/specs.ts';

const diffOf = (a: string, b: string): SpecDiff =>
  diffSpecs(specOf(a, 'Acme_Master_Spec_v01.02.md'), specOf(b, 'Acme_Master_Spec_v01.03.md'));

function printed(print: (out: ReturnType<typeof createOutput>) => void, columns?: number): string[] {
  let text = '';
  const stdout = {
    write: (chunk: string) => {
      text += chunk;
    },
    ...(columns !== undefined && { columns, isTTY: true }),
  };
  print(createOutput({ stdout, stderr: { write: () => {} }, env: { NO_COLOR: '1' } }, { color: true }));
  return text.trimEnd().split('\n');
}

/** A chapter of clauses 1.first … 1.last, each with a text of its own. */
const chapter = (first: number, last: number, from = first): string =>
  Array.from(
    { length: last - first + 1 },
    (_, at) => `## 1.${first + at} C${from + at}\n${prose(`${from + at}`)}\n`,
  ).join('');

describe('runs: what one line tells', () => {
  const runs = (change: Change, a: string, b: string): string[] =>
    runsOf(diffOf(a, b).sections.filter((section) => section.change === change)).map(
      ({ first, last, count, below }) =>
        `${(first.from ?? first.to)!.number}–${(last.from ?? last.to)!.number} ${count}+${below}`,
    );
  const cases: [name: string, change: Change, a: string, b: string, expected: string[]][] = [
    ['neighbours', 'NEW', '# 1. A\n', `# 1. A\n${chapter(1, 4)}`, ['1.1–1.4 4+0']],
    [
      'what stands below goes with them',
      'NEW',
      '# 1. A\n',
      '# 1. A\n## 1.1 B\n### 1.1.1 C\n#### 1.1.1.1 D\n## 1.2 E\n### 1.2.1 F\n',
      ['1.1–1.2 2+3'],
    ],
    [
      'a gap in the numbers',
      'NEW',
      '# 1. A\n',
      `# 1. A\n${chapter(1, 2)}${chapter(4, 5)}`,
      ['1.1–1.2 2+0', '1.4–1.5 2+0'],
    ],
    ['what is gone', 'GONE', `# 1. A\n${chapter(1, 3)}`, '# 1. A\n', ['1.1–1.3 3+0']],
    [
      'a shift',
      'RENUMBERED',
      `# 1. A\n${chapter(1, 3)}`,
      `# 1. A\n## 1.1 New\n${prose('new')}\n${chapter(2, 4, 1)}`,
      ['1.1–1.3 3+0'],
    ],
    [
      'what has a text of its own to tell stands alone',
      'RENUMBERED',
      `# 1. A\n${chapter(1, 3)}`,
      `# 1. A\n## 1.1 New\n${prose('new')}\n${chapter(2, 4, 1).replace('beta-2-0', 'BETA')}`,
      ['1.1–1.1 1+0', '1.2–1.2 1+0', '1.3–1.3 1+0'],
    ],
    [
      'no number',
      'NEW',
      '# 1. A\n',
      '# 1. A\n## Notes\n## Inputs\n',
      ['undefined–undefined 1+0', 'undefined–undefined 1+0'],
    ],
  ];
  it.each(cases)('%s', (_name, change, a, b, expected) => expect(runs(change, a, b)).toEqual(expected));
});

describe('on a screen', () => {
  const a = `# 1. A\n## 1.1 Limits\nIt holds.\n## 1.2 Old\n${prose('old')}\n## 1.3 Spans\n${prose('spans')}\nlast\n`;
  const b = `# 1. A\n## 1.1 Limits\nIt MUST hold.\n## 1.2 Fresh clause\n${prose('fresh')}\n### 1.2.1 Below\n## 1.4 Spans\n${prose('spans')}\nLAST\n`;

  it('what breaks anchors first, each with its place', () => {
    expect(printed((out) => printSpecDiff(out, diffOf(a, b), []))).toEqual([
      `v01.02  Acme_Master_Spec_v01.02.md  sha256 ${specOf(a).sha256.slice(0, 12)}`,
      `v01.03  Acme_Master_Spec_v01.03.md  sha256 ${specOf(b).sha256.slice(0, 12)}`,
      'SAME 1 · MOVED 0 · CHANGED 1 · RENUMBERED 1 · GONE 1 · NEW 2',
      '',
      'GONE 1 section',
      '  Acme_Master_Spec_v01.02.md:4  1.2 Old',
      '      1.2 is now "Fresh clause"',
      '',
      'RENUMBERED 1 section',
      '  Acme_Master_Spec_v01.03.md:8  1.3 → 1.4 Spans  +2 −2',
      '',
      'CHANGED 1 section, 1 (!) in obligations, identifiers or schemas',
      '  Acme_Master_Spec_v01.03.md:3  ! 1.1 Limits  +1 −1',
      '      + It MUST hold.',
      '',
      'NEW 2 sections',
      '  Acme_Master_Spec_v01.03.md:4  1.2 Fresh clause  and 1 below',
      '      1.2 was "Old"',
    ]);
  });

  it('nothing changed: the counts alone', () => {
    expect(printed((out) => printSpecDiff(out, diffOf(a, a), [])).slice(2)).toEqual([
      'SAME 4 · MOVED 0 · CHANGED 0 · RENUMBERED 0 · GONE 0 · NEW 0',
    ]);
  });

  it('records that a change touches stand at the end', () => {
    const affected: AffectedArtifact[] = [
      {
        artifact: '.GOV/refinements/WP-1-Demo-v1.md',
        wp_id: 'WP-1-Demo-v1',
        kind: 'refinement',
        file: '.GOV/refinements/WP-1-Demo-v1.md',
        line: 12,
        anchor: '1.1 Limits',
        change: 'CHANGED',
        note: 'its signature is open again',
      },
    ];
    expect(printed((out) => printSpecDiff(out, diffOf(a, b), affected)).slice(-4)).toEqual([
      '',
      'AFFECTED 1 record',
      '  .GOV/refinements/WP-1-Demo-v1.md:12  refinement WP-1-Demo-v1  CHANGED',
      '      1.1 Limits · its signature is open again',
    ]);
  });

  it('the weightiest change first: it obliges, it is main body, it is large', () => {
    const text = (n: number, changed: readonly string[]): string =>
      `# 1. A\n## 1.1 Small\n${prose('s')}${changed[0]}\n## 1.2 Large\n${prose('l', n)}${changed[1]}\n## 1.3 Weighty\n${prose('w')}${changed[2]}\n# 9. Development Roadmap\n## 9.1 Later\n${prose('r')}${changed[3]}\n`;
    const diff = diffOf(
      text(2, ['', '', '', '']),
      text(2, ['!', '!\nmore\nand more', '\nIt MUST', '\nIt MUST']),
    );
    const lines = printed((out) => printSpecDiff(out, diff, [])).filter((line) => line.startsWith('  Acme'));
    expect(lines.map((line) => line.split(' ').slice(3).join(' '))).toEqual([
      ' ! 1.3 Weighty  +1 −0',
      ' ! 9.1 Later  +1 −0',
      ' 1.2 Large  +3 −1',
      ' 1.1 Small  +1 −1',
    ]);
  });

  it('at 80 columns no line is longer, and at most 80 lines stand there', () => {
    const many = (mark: string): string =>
      `# 1. A\n${Array.from({ length: 120 }, (_, at) => `## 1.${at + 1} Clause with a long name number ${at}\n${prose(`${at}`, 1)} ${mark}\n`).join('')}`;
    const lines = printed((out) => printSpecDiff(out, diffOf(many('x'), many('y MUST')), []), 80);
    expect(lines.length).toBeLessThanOrEqual(78);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.at(-1)).toBe('  … and 52 more (--json has all)');
  });

  it('text that would steer a terminal is shown', () => {
    const diff = diffOf('# 1. A\nx\n', '# 1. A\n\u001b[31mred\n');
    const all = [
      ...printed((out) => printSpecDiff(out, diff, [])),
      ...printed((out) => printPatch(out, diff.sections)),
    ].join('\n');
    expect(all).toContain('+ \\u001b[31mred');
    expect(all).not.toContain('\u001b');
  });
});

it('--patch prints unified hunks with the lines of both files', () => {
  const diff = diffOf('# 1. A\n## 1.1 B\none\ntwo\n', '# 1. A\n\n\n## 1.1 B\none\nTWO\n');
  expect(
    printed((out) =>
      printPatch(
        out,
        diff.sections.filter(({ changed }) => changed),
      ),
    ),
  ).toEqual([
    'CHANGED 1.1 B',
    '--- Acme_Master_Spec_v01.02.md:2',
    '+++ Acme_Master_Spec_v01.03.md:4',
    '@@ -2,3 +4,3 @@',
    ' ## 1.1 B',
    ' one',
    '-two',
    '+TWO',
  ]);
});

it('--json tells every section of both specs, and is what its schema says', () => {
  const diff = diffOf(
    `# 1. A\n## 1.1 B\n${prose('b')}\n## 1.2 C\n${prose('c')}\n`,
    `# 1. A\n## 1.3 B\n${prose('b')}\n## 1.2 D\n${prose('d')}\n## Notes\n`,
  );
  const report = specDiffReport(diff, []);
  expect(specDiffSchema.parse(report)).toEqual(report);
  const file = 'Acme_Master_Spec_v01.02.md';
  const now = 'Acme_Master_Spec_v01.03.md';
  expect(report).toEqual({
    schema: 'govkit.spec-diff@1',
    from: { source: file, version: 'v01.02', sha256: diff.from.sha256 },
    to: { source: now, version: 'v01.03', sha256: diff.to.sha256 },
    counts: { SAME: 1, MOVED: 0, CHANGED: 0, RENUMBERED: 1, GONE: 1, NEW: 2 },
    anchors: [
      {
        number: '1',
        title: 'A',
        change: 'SAME',
        below: 4,
        from: { file, line: 1, endLine: 7 },
        to: { file: now, line: 1, endLine: 8 },
      },
      {
        number: '1.1',
        title: 'B',
        change: 'RENUMBERED',
        renumberedTo: '1.3',
        from: { file, line: 2, endLine: 4 },
        to: { file: now, line: 2, endLine: 4 },
      },
      {
        number: '1.2',
        title: 'C',
        change: 'GONE',
        from: { file, line: 5, endLine: 7 },
        note: '1.2 is now "D"',
      },
      {
        number: '1.2',
        title: 'D',
        change: 'NEW',
        to: { file: now, line: 5, endLine: 7 },
        note: '1.2 was "C"',
      },
      { number: null, title: 'Notes', change: 'NEW', to: { file: now, line: 8, endLine: 8 } },
    ],
    affected: [],
  });
});
