import { expect, it } from 'vitest';
import { nearWords } from '../../tools/text/index.ts';

const known = ['anchor/stale', 'anchor/stray', 'board/two-states', 'text/double-encoded', 'text/not-utf8'];

it.each([
  ['board/two-state', ['board/two-states']],
  ['anchor/stal', ['anchor/stale']],
  ['anchor/stra', ['anchor/stray']],
  ['text/nope', ['text/double-encoded', 'text/not-utf8']],
  ['text', ['text/double-encoded', 'text/not-utf8']],
  ['nothing', []],
  ['x'.repeat(1_000_000), []],
])('near %.20s: %j', (word, expected) => {
  expect(nearWords(word, known)).toEqual(expected);
});
