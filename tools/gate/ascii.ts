/** Refinements and packets are ASCII, so that no editor and no shell can change what was signed. */
export function asciiEscaped(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}`,
    ).join(''),
  );
}

const WRITTEN: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2022': '-',
  '\u2026': '...',
  '\u2190': '<-',
  '\u2192': '->',
  '\u2194': '<->',
  '\u2260': '!=',
  '\u2264': '<=',
  '\u2265': '>=',
  '\u00d7': 'x',
  '\u00df': 'ss',
  '\u00a7': 'section ',
};

/**
 * Text of the spec for a line of a document: as people type it in ASCII, and escaped (`\u4F1A`) where it has no such
 * spelling. A comment that began in it would hide the rest of the document.
 */
export function asciiText(text: string): string {
  const typed = text.replace(/[^\x20-\x7e]/g, (character) => WRITTEN[character] ?? character);
  return typed
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/g, ' ')
    .replaceAll('<!--', '<! --')
    .replace(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
    .trim();
}
