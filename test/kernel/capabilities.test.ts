import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersect, isCapability, widening } from '../../tools/kernel/index.ts';

describe('11.1.3: scoped capabilities', () => {
  it.each([
    ['fs.read', 'fs.read', true],
    ['fs.read', 'fs.read:inputs', true],
    ['fs.read:inputs', 'fs.read:inputs', true],
    ['fs.read:inputs', 'fs.read:outputs', false],
    ['fs.read:inputs', 'fs.read', false],
    ['fs.read', 'fs.write', false],
    ['fs.read', 'fs.reading', false],
    ['fs.read', ' fs.read', false],
    ['fs.read', 'FS.READ', false],
    ['fs.read', 'fs.read:', false],
    ['fs.read', 'fs.read:a:b', true],
    ['fs.rea', 'fs.read', false],
    ['fs.read:a', 'fs.read:a:b', false],
    [' fs.read', ' fs.read', false],
    ['fs.read:', 'fs.read:', false],
  ])('a grant of %s covers %j: %s', (grant, asked, expected) => {
    expect(covers([grant], asked)).toBe(expected);
  });

  it.each([
    ...[
      'fs',
      'f',
      'fs.read',
      'fs_1.read_2',
      'a.b.c',
      'f9',
      'fs.9',
      'fs.read:Src/A',
      'fs:a',
      'fs.read:a:b',
      'fs:1',
    ],
  ])('%j is one', (id) => {
    expect(isCapability(id)).toBe(true);
  });

  it.each([
    ...[
      '',
      ' ',
      'FS',
      'fS',
      '9fs',
      '_fs',
      '.fs',
      'fs.',
      'fs..read',
      'fs.Read',
      'fs-read',
      'fs read',
      ' fs',
      'fs ',
    ],
    ...[
      ':a',
      'fs:',
      'fs::a',
      'fs: a',
      'fs:a b',
      'fs:a ',
      'fs:\n',
      'fs\n',
      'fs.read.',
      'fs.:a',
      '{}fs',
      'fs{}',
    ],
  ])('%j is none', (id) => {
    expect(isCapability(id)).toBe(false);
  });

  it('INV-SPAWN-003: what is wider is named, in the order in which it was asked for', () => {
    expect(widening(['fs.read', 'net:a'], ['net:b', 'fs.read:x', 'net', 'net:a'])).toEqual(['net:b', 'net']);
    expect(widening([], ['fs'])).toEqual(['fs']);
    expect(widening(['fs'], [])).toEqual([]);
  });

  it('TRUST-003: what both sides allow is the narrower of each pair, once, in order', () => {
    expect(intersect(['net', 'fs.read:b', 'fs.read:a'], ['fs.read', 'net:x', 'db'])).toEqual([
      'fs.read:a',
      'fs.read:b',
      'net:x',
    ]);
    expect(intersect(['fs'], ['fs'])).toEqual(['fs']);
    expect(intersect(['fs:a'], ['fs:b'])).toEqual([]);
  });

  it('TRUST-003: what both sides allow is wider than neither', () => {
    const id = fc.constantFrom('fs.read', 'fs.read:a', 'fs.read:b', 'fs.write', 'fs.write:a', 'net.http');
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (a, b) => {
        const both = intersect(a, b);
        expect(widening(a, both)).toEqual([]);
        expect(widening(b, both)).toEqual([]);
        expect(intersect(b, a)).toEqual(both);
      }),
    );
  });
});
