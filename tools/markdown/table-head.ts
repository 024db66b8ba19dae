/** Cells of a line that may head a table, counted as GFM does; 0 where it cannot. */
export function headCells(text: string): number {
  let cells = 0;
  let marks = text.startsWith('|') ? 0 : 1;
  let due = marks > 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === ' ' || char === '\t') continue;
    marks++;
    if (due) cells++;
    due = char === '|';
    // A cell's text goes on to the next pipe or blank that no backslash escapes.
    for (; !due; at++) {
      if (text[at] === '\\' && (text[at + 1] === '\\' || text[at + 1] === '|')) at++;
      if (at + 1 >= text.length || '| \t'.includes(text[at + 1]!)) break;
    }
  }
  return marks > 1 ? cells : 0;
}

const DELIMITER_ROW = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Cells of a delimiter row; 0 where the line is none, or no more than a thematic break. */
export function delimiterCells(text: string): number {
  if (!/[|:]/.test(text) || !DELIMITER_ROW.test(text)) return 0;
  return text.split('|').filter((cell) => cell.trim() !== '').length;
}
