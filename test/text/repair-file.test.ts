import { describe, expect, it } from 'vitest';
import { NotUtf8, repairFile } from '../../tools/text/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const after = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(repairFile('f', bytes(text)).bytes);

describe('repairFile', () => {
  it.each([
    ['LF', 'Â§1\nb\n', '§1\nb\n'],
    ['CRLF', 'a\r\nÂ§1\r\n', 'a\r\n§1\r\n'],
    ['mixed ends', 'Â§1\r\nÂ§2\nÂ§3\r\n', '§1\r\n§2\n§3\r\n'],
    ['a BOM', '\ufeffÂ§1\n', '\ufeff§1\n'],
    ['no final line end', 'a\nÂ§1', 'a\n§1'],
    ['blank lines at the end', 'Â§1\n\n\n', '§1\n\n\n'],
    ['a lone CR, and two before a LF', 'Â§1\rÂ§2\r\r\nb', '§1\r§2\r\r\nb'],
    ['other line separators', 'Â§1\u2028b\u0085\n', '§1\u2028b\u0085\n'],
  ])('keeps %s', (_name, before, expected) => {
    expect(after(before)).toBe(expected);
  });

  it('gives back the same bytes where nothing changes', () => {
    const sound = bytes('\ufeff§ sound\r\nmixed §Â§\n');
    const result = repairFile('f', sound);
    expect(result.bytes).toBe(sound);
    expect(result).toMatchObject({ repaired: [], refused: [{ line: 2, why: 'mixed' }] });
  });

  it('counts lines as an editor does', () => {
    const { repaired, refused } = repairFile('f', bytes('\ufeffa\r\n\nÂ§1\nx §Â§\n'));
    expect(repaired.map(({ line, column }) => [line, column])).toEqual([[3, 1]]);
    expect(refused.map(({ line, column }) => [line, column])).toEqual([[4, 3]]);
  });

  it('does not touch what is no UTF-8', () => {
    expect(() => repairFile('f', Uint8Array.from([0x41, 0x96]))).toThrow(NotUtf8);
  });
});
