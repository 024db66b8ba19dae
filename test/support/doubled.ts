// Not by TextDecoder: that of Node 20 reads windows-1252 as Latin-1.
const C1 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Double encoding as it happens: the text's UTF-8 bytes, read as CP1252. */
export function doubled(text: string): string {
  const bytes = Array.from(Buffer.from(text, 'utf8'));
  return bytes
    .map((byte) => (byte >= 0x80 && byte < 0xa0 ? C1[byte - 0x80] : String.fromCharCode(byte)))
    .join('');
}
