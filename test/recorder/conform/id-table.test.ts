import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from '../../../tools/recorder/conform/id-table.ts';

const id = fc.oneof(fc.uuid(), fc.string({ maxLength: 40 }));

describe('ids by 128 bits', () => {
  it('knows an id exactly when it was added, as a Set does', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 200 }), fc.array(id, { maxLength: 50 }), (added, asked) => {
        const table = new IdTable();
        const set = new Set<string>();
        for (const one of [...added, ...added]) {
          expect(table.add(one)).toBe(!set.has(one));
          set.add(one);
        }
        expect(table.size).toBe(set.size);
        expect([...set].map((one) => table.find(one))).toEqual([...set].map((_, at) => at));
        for (const one of asked) expect(table.has(one)).toBe(set.has(one));
      }),
    );
  });

  it('goes on knowing them past every growth, though they differ in their last digits only', () => {
    const table = new IdTable();
    const at = (n: number): string => `019c8ee0-7280-7000-8002-${n.toString(16).padStart(12, '0')}`;
    const all = Array.from({ length: 50_000 }, (_, n) => n);
    expect(all.filter((n) => !table.add(at(n)))).toEqual([]);
    expect(all.filter((n) => table.find(at(n)) !== n)).toEqual([]);
    expect(table.has(at(50_000))).toBe(false);
    expect(table.text(49_999)).toBe(at(49_999));
  });

  it('a UUID in capitals is the same one, and what only looks like one is not', () => {
    const table = new IdTable();
    table.add('019c8ee0-7280-7000-8002-00000000abcd');
    expect(table.has('019C8EE0-7280-7000-8002-00000000ABCD')).toBe(true);
    expect(table.has('019c8ee0-7280-7000-8002-00000000abcg')).toBe(false);
    expect(table.has('019c8ee0-7280-7000-8002_00000000abcd')).toBe(false);
    expect(table.has('019c8ee072807000800200000000abcd')).toBe(false);
  });
});
