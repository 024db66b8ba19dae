import { expect, it } from 'vitest';
import { applyPolicy } from '../../tools/checks/index.ts';
import type { Finding } from '../../tools/findings/index.ts';

const finding = (rule: string, file: string): Finding => ({
  rule,
  severity: 'warning',
  place: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  message: '',
  args: {},
});

const findings = [
  finding('a/one', 'a.md'),
  finding('a/two', 'a.md'),
  finding('a/three', 'old/b.md'),
  finding('tree/empty', '.GOV'),
];

it.each([
  ['nothing said', {}, [], ['a/one warning', 'a/two warning', 'a/three warning', 'tree/empty warning']],
  ['a rule off', { 'a/one': 'off' }, [], ['a/two warning', 'a/three warning', 'tree/empty warning']],
  [
    'a rule of another weight',
    { 'a/two': 'error' },
    ['old/b.md'],
    ['a/one warning', 'a/two error', 'tree/empty warning'],
  ],
  [
    'an empty tree is always told',
    { 'tree/empty': 'off' },
    ['.GOV', 'a.md', 'old/b.md'],
    ['tree/empty warning'],
  ],
] as const)('%s', (_name, rules, ignored: readonly string[], expected) => {
  const left = applyPolicy(findings, { rules, ignored: (path) => ignored.includes(path) });
  expect(left.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(expected);
});
