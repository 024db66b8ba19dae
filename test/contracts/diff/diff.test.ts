import { describe, expect, it } from 'vitest';
import { EVENT_CASES, FIELD_CASES, TYPE_CASES } from './cases.ts';
import { diff } from './told.ts';

describe.each([
  ['types', TYPE_CASES],
  ['fields', FIELD_CASES],
  ['events', EVENT_CASES],
] as const)('%s: a planted change is told under its own rule, and nothing else is', (_, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, { from, to, expected }) => {
    expect(diff(from, to)).toEqual(expected);
  });
});
