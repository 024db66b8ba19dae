import fc from 'fast-check';
import { v5 } from 'uuid';
import { expect, it } from 'vitest';
import { uuid5 } from '../../tools/text/index.ts';

it('a UUID of version 5 is the one that the package uuid gives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (name, namespace) => {
      expect(uuid5(name, namespace)).toBe(v5(name, namespace));
    }),
  );
});

it.each(['a', '\u00df', '\u4e16', '\ud83d\ude00', '\ud800'])(
  'so it is for names of any length, of %j',
  (unit) => {
    const namespace = '0190d6a0-0000-7000-8000-000000000001';
    for (let length = 0; length <= 600; length += 1) {
      const name = unit.repeat(length);
      const expected = v5(new TextEncoder().encode(name), namespace);
      expect(uuid5(name, namespace), `${length} times`).toBe(expected);
    }
  },
);

it.each(['', 'nothing', '0190d6a0-0000-7000-8000-00000000000', '0190d6a0-0000-7000-8000-00000000000g'])(
  'a namespace "%s" is none',
  (namespace) => {
    expect(() => uuid5('name', namespace)).toThrow(new TypeError(`${namespace} is no UUID`));
  },
);
