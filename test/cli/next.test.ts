import { expect, test } from 'vitest';
import type { Call } from '../../tools/cli/command.ts';
import { nextCommand, quoted } from '../../tools/cli/next.ts';

const call = (given?: Call['given']): Call => ({ root: '/abs/tree', ...(given && { given }) }) as Call;

test.each<[Call['given'], string]>([
  [undefined, 'gov spec lint'],
  [{}, 'gov spec lint'],
  [{ root: '../tree' }, 'gov spec lint --root ../tree'],
  [{ spec: 'v02.137.md' }, 'gov spec lint --spec v02.137.md'],
  [{ root: 'my tree', spec: "it's.md" }, `gov spec lint --root 'my tree' --spec 'it'\\''s.md'`],
])('the next command of a call given %j', (given, expected) => {
  expect(nextCommand(call(given), 'spec lint')).toBe(expected);
});

test.each([
  ['v02.134', 'v02.134'],
  ['HEAD~2:docs/a.md', 'HEAD~2:docs/a.md'],
  ['~user', `'~user'`],
  ['4.3.9.*', `'4.3.9.*'`],
  ['', `''`],
  ['$HOME', `'$HOME'`],
])('the shell takes %s for one word', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});
