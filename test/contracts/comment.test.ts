import { describe, expect, it } from 'vitest';
import { mine } from '../../tools/contracts/dialects/comment.ts';
import type { Type } from '../../tools/contracts/index.ts';

const int: Type = { kind: 'prim', name: 'int' };
const number: Type = { kind: 'prim', name: 'number' };
const string: Type = { kind: 'prim', name: 'string' };
const bool: Type = { kind: 'prim', name: 'bool' };
const ref: Type = { kind: 'ref', name: 'Strategy' };
const words: Type = {
  kind: 'union',
  of: [
    { kind: 'literal', value: 'strict' },
    { kind: 'literal', value: 'replay' },
  ],
};
const value = (given: string | number | boolean) => ({ default: { kind: 'value', value: given } });
const bounds = (min: number | undefined, max: number | undefined) => ({
  bounds: { ...(min !== undefined && { min }), ...(max !== undefined && { max }), confidence: 'mined' },
});

describe('what a trailing comment says', () => {
  it.each<[string, Type, object]>([
    ['default 50', int, value(50)],
    ['Default: 5, Range: [1, 20]', int, { ...value(5), ...bounds(1, 20) }],
    ['Default: 30000, Max: 300000', int, { ...value(30000), ...bounds(undefined, 300000) }],
    ['Default: 3600000 (1 hour)', int, value(3600000)],
    ['Default: "smart"', ref, value('smart')],
    ['Default: "replay"', words, value('replay')],
    ['default: false (HARD exact)', bool, value(false)],
    ['per-call timeout; default 120000', int, value(120000)],
    ['0..1 (approx)', number, bounds(0, 1)],
    ['0.0 - 1.0', number, bounds(0, 1)],
    ['0-100', number, bounds(0, 100)],
    ['>= 1', int, bounds(1, undefined)],
    ['int; >= 0', number, { format: 'int', ...bounds(0, undefined) }],
    ['integer', number, { format: 'int' }],
    ['in ms', number, {}],
    ['80-95 recommended', number, {}],
    ['~300-500 tokens', number, {}],
    ['0-1', string, {}],
    ['0 = root; incremented on spawn', int, { bounds: { min: 0, confidence: 'inferred' } }],
    ['Max 100 chars', string, {}],
  ])('%s', (comment, type, expected) => {
    expect(mine(comment, type, false)).toEqual(expected);
  });

  it.each<[string, Type, string]>([
    ['Default: derived from hardware', int, 'derived from hardware'],
    ['Default: "fast"', words, '"fast"'],
    ['default maybe', bool, 'maybe'],
    ['default 1.5', int, '1.5'],
    ['Default: 25, Range: [1, 20]', int, '25'],
    ['default two words', string, 'two words'],
  ])('%s is no default of its type', (comment, type, badDefault) => {
    expect(mine(comment, type, false)).toMatchObject({ badDefault });
  });
});
