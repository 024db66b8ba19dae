import { partPlace, type TableCell } from '../markdown/index.ts';
import type { Sited } from './sited.ts';

/** One part of a registry row's notes (governance-grammar 1.7). */
export interface NotePart extends Sited {
  kind: 'active' | 'activated_from' | 'supersedes' | 'anchored_to' | 'stub' | 'other';
  /** What the part says: the id, the path, the version, the reason; absent where it says nothing more. */
  value?: Sited;
  /** The ids of `supersedes`. */
  ids: Sited[];
}

const FORMS: readonly { kind: NotePart['kind']; form: RegExp }[] = [
  { kind: 'active', form: /^active\s*=\s*`?([^\s`]+)`?/di },
  { kind: 'activated_from', form: /^activated from stub\s+`?([^\s`]+)`?/di },
  { kind: 'supersedes', form: /^supersedes\s*:\s*(.*)$/di },
  { kind: 'anchored_to', form: /^anchored to spec\s+`?([^\s`]+)`?/di },
  { kind: 'stub', form: /^stub(?:\s+\(([^)]*)\))?$/di },
];

/** The parts of a notes cell, parted by semicolons outside parentheses. */
export function readNotes(cell: TableCell): NotePart[] {
  return split(cell.text, ';').map(({ text, start }) => {
    const sited = (from: number, to: number): Sited => ({
      text: text.slice(from, to),
      place: partPlace(cell, start + from, to - from),
    });
    for (const { kind, form } of FORMS) {
      const match = form.exec(text);
      if (match === null) continue;
      const span = match.indices![1];
      const ids = kind === 'supersedes' ? idsOf(text, span![0]) : [];
      return {
        kind,
        ...sited(0, text.length),
        ...(span === undefined || match[1] === '' ? {} : { value: sited(...span) }),
        ids: ids.map(([from, to]) => sited(from, to)),
      };
    }
    return { kind: 'other', ...sited(0, text.length), ids: [] };
  });
}

function idsOf(text: string, from: number): [number, number][] {
  return split(text.slice(from), ',').map(({ text: own, start }) => {
    const ticks = /^`[^`]*`/.test(own) ? 1 : 0;
    const end = own.slice(ticks).search(/[\s`]|$/) + ticks;
    return [from + start + ticks, from + start + end];
  });
}

/** The trimmed pieces between separators, empty ones left out. */
function split(text: string, separator: string): { text: string; start: number }[] {
  const pieces: { text: string; start: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    if (at < text.length && (char !== separator || depth > 0)) continue;
    const piece = text.slice(start, at);
    const own = piece.trim();
    if (own !== '') pieces.push({ text: own, start: start + piece.indexOf(own) });
    start = at + 1;
  }
  return pieces;
}
