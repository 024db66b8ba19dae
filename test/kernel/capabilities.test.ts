import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersect, widening } from '../../tools/kernel/index.ts';

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
  ])('a grant of %s covers %j: %s', (grant, asked, expected) => {
    expect(covers([grant], asked)).toBe(expected);
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
