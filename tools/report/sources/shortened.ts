/** The longest line that the page shows, in UTF-16 units. */
export const LONGEST_LINE = 400;

/** A text that is longer than `most` ends with `…` in its last place; no character is cut in two. */
export function shortened(text: string, most = LONGEST_LINE): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
