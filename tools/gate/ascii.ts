/** Refinements and packets are ASCII, so that no editor and no shell can change what was signed. */
export function asciiEscaped(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}`,
    ).join(''),
  );
}
