import stringWidth from 'fast-string-width';

/** Cuts what a terminal would fold in the middle of a word. */
export function cut(text: string, limit: number): string {
  if (stringWidth(text) <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > limit - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
