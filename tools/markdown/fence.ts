/** A fence marker as it stands on one line. */
export interface Marker {
  char: '`' | '~';
  length: number;
  /** What follows the marker, trimmed. */
  info: string;
}

/** The marker that begins at `offset`, or undefined: at least three of one character. */
export function markerAt(line: string, offset: number): Marker | undefined {
  const char = line[offset];
  if (char !== '`' && char !== '~') return undefined;
  let end = offset;
  while (line[end] === char) end++;
  if (end - offset < 3) return undefined;
  return { char, length: end - offset, info: trimBlanks(line, end) };
}

/** CommonMark: a backtick fence may not have a backtick in its info string (it would be inline code). */
export function opens(marker: Marker): boolean {
  return marker.char === '~' || !marker.info.includes('`');
}

/** CommonMark: same character, at least as long, nothing after it. */
export function closes(marker: Marker, opener: { char: string; length: number }): boolean {
  return marker.char === opener.char && marker.length >= opener.length && marker.info === '';
}

/** First word of an info string, lower case. */
export function languageOf(info: string): string {
  return (/^[^ \t{]+/.exec(info)?.[0] ?? '').toLowerCase();
}

export function isMarkdown(lang: string): boolean {
  return lang === 'md' || lang === 'markdown';
}

/** The line's marker when it is indented by three spaces at most. */
export function markerOf(line: string): Marker | undefined {
  let offset = 0;
  while (offset < 4 && line[offset] === ' ') offset++;
  return offset < 4 ? markerAt(line, offset) : undefined;
}

// Not trim(): CommonMark knows blanks and tabs only, so that a no-break space is an info string.
function trimBlanks(line: string, from: number): string {
  let end = line.length;
  while (end > from && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  let start = from;
  while (start < end && (line[start] === ' ' || line[start] === '\t')) start++;
  return line.slice(start, end);
}
