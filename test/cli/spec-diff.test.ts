import { describe, expect, it } from 'vitest';
import { createOutput } from '../../tools/cli/output.ts';
import { printPatch, printSpecDiff } from '../../tools/cli/reporters/spec-diff.ts';
import type { Touched } from '../../tools/cli/reporters/spec-diff-affected.ts';
import { specDiffReport } from '../../tools/cli/reporters/spec-diff-json.ts';
import { runsOf } from '../../tools/cli/reporters/spec-diff-runs.ts';
import { specDiffSchema } from '../../tools/cli/schemas/spec-diff.ts';
import { linePlace } from '../../tools/findings/index.ts';
import type { AffectedDocument } from '../../tools/gate/index.ts';
import { type Change, diffSpecs, parseAnchor, type SpecDiff } from '../../tools/spec/index.ts';
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

/** Of a tree without governed documents. */
const NONE: Touched = { version: 'v01.02', documents: [], unread: [] };

/** A document with one anchor on line 12, of which `change` became. */
function document(
  kind: AffectedDocument['kind'],
  wpId: string,
  change: AffectedDocument['change'],
  more: Partial<AffectedDocument> = {},
): AffectedDocument {
  const file = `.GOV/${kind}s/${wpId}.md`;
  const anchor = { text: '1.1 Limits', place: linePlace(file, 12) };
  const pin = { kind, wpId, file, line: 12, anchor, query: parseAnchor(anchor.text), spec: {} };
  return { kind, wpId, file, change, pins: [{ pin, change, reason: `why ${change}` }], ...more };
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
    expect(printed((out) => printSpecDiff(out, diffOf(a, b), NONE))).toEqual([
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
    expect(printed((out) => printSpecDiff(out, diffOf(a, a), NONE)).slice(2)).toEqual([
      'SAME 4 · MOVED 0 · CHANGED 0 · RENUMBERED 0 · GONE 0 · NEW 0',
    ]);
  });

  it('documents that a change touches stand at the end, the worst first, and what pins another spec is counted', () => {
    const touched: Touched = {
      version: 'v01.02',
      documents: [
        document('refinement', 'WP-1-Kept-v1', 'MOVED', { signature: { text: 'ilja1', state: 'KEPT' } }),
        document('refinement', 'WP-1-Open-v1', 'CHANGED', {
          signature: { text: 'ilja2', state: 'REOPENED' },
        }),
        {
          ...document('packet', 'WP-1-Open-v1', 'CHANGED'),
          pins: [],
          through: '.GOV/refinements/WP-1-Open-v1.md',
        },
        document('refinement', 'WP-1-Gone-v1', 'SPEC_FILE_ABSENT'),
        document('packet', 'WP-1-Gone-v1', 'SPEC_FILE_ABSENT'),
        document('packet', 'WP-1-Lost-v1', 'SPEC_FILE_ABSENT'),
        document('stub', 'WP-1-Later-v1', 'NO_SPEC'),
        document('stub', 'WP-1-New-v1', 'OTHER_SPEC'),
      ],
      unread: ['.GOV/refinements/WP-1-Bad-v1.md'],
    };
    expect(printed((out) => printSpecDiff(out, diffOf(a, b), touched)).slice(-12)).toEqual([
      '',
      'AFFECTED 3 documents pin v01.02, 1 signature re-opened',
      '  .GOV/refinements/WP-1-Open-v1.md:12  CHANGED  signature re-opened',
      '      why CHANGED',
      '  .GOV/packets/WP-1-Open-v1.md:1  CHANGED',
      '      it rests on .GOV/refinements/WP-1-Open-v1.md',
      '  .GOV/refinements/WP-1-Kept-v1.md:12  MOVED  signature kept',
      '      why MOVED',
      '  1 refinement, 2 packets pin specs that are not at hand: SPEC_FILE_ABSENT',
      '  1 stub pins another version than v01.02: OTHER_SPEC',
      '  1 stub names no spec: NO_SPEC',
      '  not looked at, since they cannot be read: 1 (gov check)',
    ]);
  });

  it('a signature that proves nothing: the pin that is doubted, of a packet in its refinement', () => {
    const signature = { text: 'ilja1', state: 'UNPROVEN' as const };
    const refinement = document('refinement', 'WP-1-Doubt-v1', 'MOVED', { signature });
    const [moved] = refinement.pins;
    const doubt = 'EXCERPT_MISMATCH: line 40 is not in lines 1-3';
    refinement.pins.push({ ...moved!, pin: { ...moved!.pin, line: 30 }, doubt });
    const packet = document('packet', 'WP-1-Doubt-v1', 'MOVED', { signature });
    const touched: Touched = { ...NONE, documents: [refinement, packet] };
    expect(printed((out) => printSpecDiff(out, diffOf(a, a), touched)).slice(-4)).toEqual([
      '  .GOV/refinements/WP-1-Doubt-v1.md:30  2 MOVED  signature unproven',
      '      EXCERPT_MISMATCH: line 40 is not in lines 1-3',
      '  .GOV/packets/WP-1-Doubt-v1.md:12  MOVED  signature unproven',
      '      .GOV/refinements/WP-1-Doubt-v1.md:30 EXCERPT_MISMATCH: line 40 is not in lines 1-3',
    ]);
  });

  it('at 80 columns what is longer goes on in the next line, a place whole', () => {
    const id = `WP-1-${'Long-'.repeat(8)}v1`;
    const absent = (['refinement', 'packet', 'stub'] as const).flatMap((kind) =>
      Array.from({ length: 120 }, (_, at) => document(kind, `WP-1-N${at}-v1`, 'SPEC_FILE_ABSENT')),
    );
    const signature = { text: 'ilja1', state: 'KEPT' as const };
    const documents = [document('refinement', id, 'MOVED', { signature }), ...absent];
    expect(printed((out) => printSpecDiff(out, diffOf(a, a), { ...NONE, documents }), 80).slice(-5)).toEqual([
      `  .GOV/refinements/${id}.md:12 MOVED`,
      '      signature kept',
      '      why MOVED',
      '  120 refinements, 120 packets, 120 stubs pin specs that are not at hand:',
      '      SPEC_FILE_ABSENT',
    ]);
  });

  it('the weightiest change first: it obliges, it is main body, it is large', () => {
    const text = (n: number, changed: readonly string[]): string =>
      `# 1. A\n## 1.1 Small\n${prose('s')}${changed[0]}\n## 1.2 Large\n${prose('l', n)}${changed[1]}\n## 1.3 Weighty\n${prose('w')}${changed[2]}\n# 9. Development Roadmap\n## 9.1 Later\n${prose('r')}${changed[3]}\n`;
    const diff = diffOf(
      text(2, ['', '', '', '']),
      text(2, ['!', '!\nmore\nand more', '\nIt MUST', '\nIt MUST']),
    );
    const lines = printed((out) => printSpecDiff(out, diff, NONE)).filter((line) =>
      line.startsWith('  Acme'),
    );
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
    const lines = printed((out) => printSpecDiff(out, diffOf(many('x'), many('y MUST')), NONE), 80);
    expect(lines.length).toBeLessThanOrEqual(78);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.at(-1)).toBe('  … and 52 more (--json has all)');
  });

  it('text that would steer a terminal is shown', () => {
    const diff = diffOf('# 1. A\nx\n', '# 1. A\n\u001b[31mred\n');
    const all = [
      ...printed((out) => printSpecDiff(out, diff, NONE)),
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
  const report = specDiffReport(diff, NONE);
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
    types: [],
    events: [],
    affected: [],
    signatures: [],
    unread: [],
    findings: [],
  });
});
