import { count, type Output, pad, visible } from '../output.ts';
import type { DoctorRow } from '../schemas/doctor.ts';

/** One line a row; below one that does not work, what needs it and how to mend it. */
export function printDoctor(out: Output, rows: readonly DoctorRow[], { quiet }: { quiet: boolean }): void {
  const paint = { works: out.green, warns: out.yellow, fails: out.red };
  const shown = rows.filter(({ state }) => !quiet || state !== 'works');
  const width = Math.max(0, ...shown.map(({ name }) => name.length)) + 2;
  for (const { name, state, detail, needed_by, mend } of shown) {
    const needs = needed_by === undefined ? '' : ` (for ${needed_by.join(', ')})`;
    out.line(`${pad(name, width)}${paint[state](state)}   ${visible(detail)}${needs}`);
    if (mend !== undefined) out.line(`${' '.repeat(width)}${out.dim('mend')}    ${visible(mend)}`);
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
