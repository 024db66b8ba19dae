import { columns, count, fold, type Output, pad, visible } from '../output.ts';
import type { DoctorRow } from '../schemas/doctor.ts';

/** Of the widest state, and the space behind it. */
const STATE = 8;

/** One line a row; below one that does not work, what needs it and how to mend it. */
export function printDoctor(out: Output, rows: readonly DoctorRow[], { quiet }: { quiet: boolean }): void {
  const paint = { works: out.green, warns: out.yellow, fails: out.red };
  const shown = rows.filter(({ state }) => !quiet || state !== 'works');
  const width = Math.max(0, ...shown.map(({ name }) => name.length)) + 2;
  for (const { name, state, detail, needed_by, mend } of shown) {
    const needs = needed_by === undefined ? '' : ` (for ${needed_by.join(', ')})`;
    printRow(out, `${pad(name, width)}${paint[state](pad(state, STATE))}`, visible(detail) + needs);
    if (mend !== undefined)
      printRow(out, `${' '.repeat(width)}${out.dim(pad('mend', STATE))}`, visible(mend));
  }
  const broken = rows.filter(({ state }) => state === 'fails').length;
  const warned = rows.filter(({ state }) => state === 'warns').length;
  if (!quiet) {
    out.line();
    out.line(
      broken > 0
        ? `${count(broken, 'thing')} that is needed does not work`
        : `everything that is needed works${warned > 0 ? `; ${count(warned, 'note')}` : ''}`,
    );
  }
}

/** What does not fit stands below itself. */
function printRow(out: Output, head: string, text: string): void {
  const room = Math.max(20, out.limit - columns(head));
  const lines = columns(text) <= room ? [text] : fold(text, room);
  for (const [at, line] of lines.entries()) out.line((at === 0 ? head : ' '.repeat(columns(head))) + line);
}
