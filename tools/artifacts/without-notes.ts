/** Parentheses as blanks, so that columns stay. Behind the last that closes, none is looked for. */
export function withoutNotes(value: string): string {
  const end = value.lastIndexOf(')') + 1;
  return value.slice(0, end).replace(/\([^)]*\)/g, (note) => ' '.repeat(note.length)) + value.slice(end);
}
