import { linePlace } from '../../findings/index.ts';
import { type SpecFile, type SpecIndex, sectionAt } from '../../spec/index.ts';
import { type Diagnostic, finding } from '../diagnostics.ts';
import { isCode } from '../dialects/code-lines.ts';
import { isSecondary } from '../secondary.ts';

const COUNT = /(?<![\d.§-])\b(\d{1,3}) (?:[a-z]+ )?(types|events|kinds|codes|states|modes|operations)\b/;
/** A heading, a bold line, or a sentence that announces the table. */
const ANNOUNCES = /^(?:#{1,6}\s|\*\*.*\*\*:?\s*$|.*:\s*$)/;
/** So many lines with text may stand between the number and the table, blank ones not counted. */
const BETWEEN = 1;

/** A number in words above a table ("Flight Recorder Events (23 types)") that the table's rows do not make. */
export function statedCounts(index: SpecIndex): Diagnostic[] {
  return index.files.flatMap((file) => {
    const found: Diagnostic[] = [];
    for (let at = file.bodyLine - 1; at < file.lines.length; at++) {
      if (!file.lines[at]!.startsWith('|')) continue;
      const head = at;
      while (file.lines[at + 1]?.startsWith('|')) at++;
      const rows = at - head - 1;
      if (rows < 1 || !/^\|[\s|:-]+$/.test(file.lines[head + 1]!) || isCode(index, file.path, head + 1))
        continue;
      const said = numberAbove(file, head);
      const section = sectionAt(index, file.path, head + 1);
      if (said === undefined || said.count === rows || section?.kind === 'roadmap') continue;
      if (section && section.line > said.line) continue;
      const place = { file: file.path, line: said.line };
      const message = `Unexpected "${said.text}" above a table of ${rows} rows, expected the number of its rows`;
      const related = [{ place: linePlace(file.path, head + 1), note: `the table has ${rows} rows` }];
      const severity = isSecondary(section, index) ? 'info' : 'warning';
      const details = { args: { stated: said.count, rows }, related };
      found.push({ finding: finding('count-mismatch', severity, place, message, details) });
    }
    return found;
  });
}

function numberAbove(
  { lines, bodyLine }: SpecFile,
  head: number,
): { count: number; text: string; line: number } | undefined {
  let between = 0;
  for (let at = head - 1; at >= bodyLine - 1 && between <= BETWEEN; at--) {
    const text = lines[at]!;
    if (text.trim() === '') continue;
    const match = ANNOUNCES.test(text) ? COUNT.exec(text.slice(0, 500)) : null;
    if (match) return { count: Number(match[1]), text: match[0], line: at + 1 };
    between++;
  }
  return undefined;
}
