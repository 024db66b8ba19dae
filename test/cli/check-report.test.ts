import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import type { Looked } from '../../tools/cli/check/look.ts';
import type { Policy } from '../../tools/cli/check/policy.ts';
import type { Call } from '../../tools/cli/command.ts';
import { createOutput } from '../../tools/cli/output.ts';
import { type CheckReport, printCheck } from '../../tools/cli/reporters/check.ts';
import type { Finding } from '../../tools/findings/index.ts';
import { RULE_COUNT } from '../support/governed.ts';

const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'board/two-states',
  severity: 'error',
  place: { file: 'a.md', line: 1, column: 2, endLine: 1, endColumn: 3 },
  message: 'Unexpected second entry, expected one',
  args: {},
  ...change,
});

interface Case {
  findings?: Finding[];
  looked?: Partial<Looked>;
  overruled?: string[];
  scope?: CheckReport['scope'];
  changed?: string;
  columns?: number;
  quiet?: boolean;
}

/** What is printed, line by line. */
function lines({
  findings = [],
  looked = {},
  overruled = [],
  scope,
  changed,
  columns,
  quiet = false,
}: Case): string[] {
  let text = '';
  const stdout = { write: (chunk: string) => (text += chunk), isTTY: true, ...(columns && { columns }) };
  const out = createOutput({ stdout, stderr: { write: () => {} }, env: { NO_COLOR: '1' } }, { color: true });
  const call = { out, quiet, args: [], root: '/tree' } as unknown as Call;
  const files = ['a.md', 'b.md', 'c.md'];
  printCheck(call, {
    looked: {
      findings,
      all: findings,
      baselined: 0,
      unneeded: 0,
      files,
      judged: { findings, ids: new Map(), tree: {} as never },
      ...looked,
    },
    policy: {
      overruled,
      baseline: { path: '.GOV/baseline.json' },
      config: { check: { rules: {} } },
    } as unknown as Policy,
    scope: scope ?? { kind: 'worktree' },
    ...(changed !== undefined && { changed }),
    seconds: '0.12 s',
  });
  return text.split('\n').slice(0, -1);
}

const fixable = finding({ fix: [{ range: { line: 1, column: 2, endLine: 1, endColumn: 3 }, text: 'x' }] });

describe('printCheck', () => {
  it.each<[string, Case, string[]]>([
    ['a clean tree', {}, [`clean · 3 files, ${RULE_COUNT} · 0.12 s`]],
    ['a clean tree, quietly', { quiet: true }, []],
    [
      'a clean change',
      { looked: { changed: ['a.md'] }, changed: 'staged' },
      [`clean · 1 staged of 3 files, ${RULE_COUNT} · 0.12 s`],
    ],
    [
      'a change of nothing governed',
      { looked: { changed: [] }, changed: 'staged' },
      [`clean · nothing governed staged of 3 files, ${RULE_COUNT} · 0.12 s`],
    ],
    [
      'a baseline that is partly no longer needed',
      { looked: { baselined: 7, unneeded: 2 } },
      [
        `clean · 3 files, ${RULE_COUNT} · 7 in the baseline · 0.12 s`,
        '2 entries of .GOV/baseline.json are no longer needed (gov check --baseline)',
      ],
    ],
    [
      'a policy that the change has otherwise',
      { overruled: ['gov.config.yaml', '.GOV/baseline.json'] },
      [
        `clean · 3 files, ${RULE_COUNT} · 0.12 s`,
        'gov.config.yaml and .GOV/baseline.json differ from the merge base: those of the merge base counts',
      ],
    ],
    [
      'a note that only JSON has',
      { findings: [finding({ severity: 'info' })] },
      [`clean · 3 files, ${RULE_COUNT} · 0.12 s`],
    ],
  ])('%s', (_name, report, expected) => {
    expect(lines(report)).toEqual(expected);
  });

  it('what is wrong is summed up with what was looked at', () => {
    const report = {
      findings: [finding(), finding({ severity: 'info' })],
      looked: { changed: ['a.md'] },
      changed: 'staged',
    };
    expect(lines(report).slice(-3)).toEqual([
      '',
      '1 error, 0 warnings in 1 of 3 files, 1 staged · 1 note in --json · 0.12 s',
      'next   gov explain board/two-states',
    ]);
  });

  it.each<[string, Case, string]>([
    [
      'an error is explained before a warning',
      { findings: [finding({ rule: 'a/warn', severity: 'warning' }), finding()] },
      'explain board/two-states',
    ],
    ['what is mostly mechanical is mended', { findings: [fixable, fixable, finding()] }, 'check --fix'],
    [
      'what is partly mechanical is explained',
      { findings: [fixable, finding(), finding()] },
      'explain board/two-states',
    ],
    [
      'a commit cannot be mended',
      { findings: [fixable], scope: { kind: 'commit', rev: 'x' } },
      'explain board/two-states',
    ],
    ['hundreds are adopted', { findings: Array.from({ length: 200 }, () => finding()) }, 'check --baseline'],
    ['a tree without a document', { findings: [finding({ rule: 'tree/empty' })] }, 'check --root DIR'],
  ])('%s', (_name, report, next) => {
    expect(lines(report).at(-1)).toBe(`next   gov ${next}`);
  });

  it.each([60, 80, undefined])('in %s columns at most 80 lines, and none too wide', (columns) => {
    const findings = Array.from({ length: 5000 }, (_, at) =>
      finding({
        place: {
          file: `.GOV/${'deep/'.repeat(at % 30)}${at % 700}.md`,
          line: at + 1,
          column: 1,
          endLine: at + 1,
          endColumn: 1,
        },
        message: `Unexpected \u001b[31m${'word '.repeat(at % 90)}${'x'.repeat(at % 200)}`,
        severity: at % 3 === 0 ? 'error' : 'warning',
        rule: `rule/${at % 5}`,
      }),
    );
    const printed = lines({
      findings,
      looked: { baselined: 99, unneeded: 98, known: new Set() },
      overruled: ['gov.config.yaml', '.GOV/baseline.json'],
      ...(columns && { columns }),
    });
    expect(printed.length).toBeLessThanOrEqual(80);
    expect(printed.join('')).not.toContain('\u001b');
    for (const line of printed) expect(stringWidth(line)).toBeLessThanOrEqual(columns ?? 1000);
  });
});
