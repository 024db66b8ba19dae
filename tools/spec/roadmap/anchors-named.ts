import { sectionsByNumber } from '../lookup.ts';
import type { SpecIndex } from '../model.ts';

const NAMED = new RegExp(
  [
    String.raw`(?<id>\bFR-EVT-(?:[A-Z]+-)*(?:\\?\*|\d{3}(?:(?:\.\.|/)\d{2,3})?(?!\d)))`,
    String.raw`(?:(?<sign>§\s?|\b[Ss]ections?\s)|(?<![\w.@/-]))(?<number>\d{1,4}(?:\.(?:\d{1,4}|[A-Z](?!\w)))+)(?![\w-]|\.\d)`,
    '(?<bracket>[()])',
  ].join('|'),
  'g',
);

/**
 * Section numbers and flight-recorder ids that lines of prose name. A number counts behind a section sign or the
 * word, and in parentheses; `(1.5 GB)` is none, unless the spec has such a section.
 */
export function anchorsNamed(index: SpecIndex, lines: readonly string[]): string[] {
  const anchors = new Set<string>();
  for (const line of lines) {
    let depth = 0;
    for (const { groups = {} } of line.matchAll(NAMED)) {
      const { id, sign, number, bracket } = groups;
      if (bracket === '(') depth += 1;
      else if (bracket === ')') depth = Math.max(0, depth - 1);
      else if (id !== undefined) anchors.add(id.replace('\\', ''));
      else if (number !== undefined && (sign !== undefined || (depth > 0 && isNumber(index, number))))
        anchors.add(number);
    }
  }
  return [...anchors];
}

function isNumber(index: SpecIndex, number: string): boolean {
  return number.split('.').length > 2 || sectionsByNumber(index, number).length > 0;
}
