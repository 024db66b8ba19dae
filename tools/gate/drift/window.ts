import type { SpecIndex } from '../../spec/index.ts';
import { foldLine, foldLines } from './fold.ts';
import { pinnedFile } from './modules.ts';
import type { Pin } from './pins.ts';

export type WindowState =
  | 'HOLDS'
  | 'NO_WINDOW'
  | 'WINDOW_OUTSIDE_FILE'
  | 'NO_TOKEN'
  | 'TOKEN_OUTSIDE_WINDOW'
  | 'NO_EXCERPT'
  | 'EXCERPT_MISMATCH';

/** Whether the spec that a pin names says what the pin says it does. */
export interface WindowCheck {
  state: WindowState;
  /** What was found instead, in one sentence. */
  detail: string;
  /** Line of the document that is wrong. */
  line: number;
  /** What the document says there, and the spec. */
  found?: string;
  expected?: string;
  /** Lines of the window that are quoted, of all that say something. */
  quoted?: number;
  of?: number;
}

/** Why the lines of a pin count in nothing. */
export function noModule({ files, version }: SpecIndex): string {
  return `it names none of the ${files.length} modules of ${version}`;
}

/** A quoted line is shown as far as a screen shows it. */
const CUT = 100;

/** Compares a pin with the spec that it names: window, token, excerpt, in this order. */
export function checkWindow(spec: SpecIndex, pin: Pin): WindowCheck {
  const { window, token, excerpt } = pin;
  const wrong = (state: WindowState, detail: string, line = pin.line): WindowCheck => ({
    state,
    detail,
    line,
  });
  if (window === undefined) return wrong('NO_WINDOW', 'it has no window of two line numbers in order');
  const file = pinnedFile(spec, pin.query);
  if (file === undefined) return wrong('WINDOW_OUTSIDE_FILE', noModule(spec));
  const { start, end } = window;
  if (end > file.lines.length) {
    return wrong(
      'WINDOW_OUTSIDE_FILE',
      `lines ${start}-${end} are not in ${spec.version}, which has ${file.lines.length}`,
    );
  }
  const lines = foldLines(file.lines.slice(start - 1, end), start);
  if (token === undefined) return wrong('NO_TOKEN', 'it has no CONTEXT_TOKEN');
  const wanted = foldLine(token);
  if (!lines.some(({ text }) => text.includes(wanted))) {
    const nearest = nearestLine(file.lines, (line) => line.includes(wanted), window);
    const where = nearest === undefined ? 'and nowhere in the file' : `the nearest is line ${nearest}`;
    return wrong('TOKEN_OUTSIDE_WINDOW', `"${cut(token)}" is not in lines ${start}-${end}: ${where}`);
  }
  if (excerpt === undefined) return wrong('NO_EXCERPT', 'it quotes nothing');
  return compare(pin, lines, file.lines);
}

/**
 * Each line of the excerpt stands in the window, in the same order. Lines of the window may be left out; what is
 * quoted may not be other words. `...` at an end of a line stands for the rest of it.
 */
function compare(
  pin: Pin,
  window: readonly { text: string; line: number }[],
  file: readonly string[],
): WindowCheck {
  const { start, end } = pin.window!;
  const excerpt = foldLines(pin.excerpt!.lines, pin.excerpt!.line).filter(({ text }) => !ELLIPSIS.test(text));
  if (excerpt.length === 0) return { state: 'NO_EXCERPT', detail: 'it quotes nothing', line: pin.line };
  let next = 0;
  for (const quoted of excerpt) {
    const at = window.findIndex(({ text }, index) => index >= next && says(text, quoted.text));
    if (at >= 0) {
      next = at + 1;
      continue;
    }
    const expected = closest(window.slice(next), quoted.text)?.text;
    const after = next === 0 ? '' : ` after line ${window[next - 1]!.line}`;
    const elsewhere = nearestLine(file, (line) => line === quoted.text, pin.window!);
    const where = elsewhere === undefined ? '' : `, but at line ${elsewhere}`;
    return {
      state: 'EXCERPT_MISMATCH',
      line: quoted.line,
      detail: `"${cut(quoted.text)}" is not in lines ${start}-${end} of the spec${after}${where}`,
      found: quoted.text,
      ...(expected !== undefined && { expected }),
    };
  }
  const part = excerpt.length < window.length ? ` (${excerpt.length} of ${window.length} lines)` : '';
  return {
    state: 'HOLDS',
    line: pin.line,
    detail: `token and excerpt stand in lines ${start}-${end}${part}`,
    quoted: excerpt.length,
    of: window.length,
  };
}

const ELLIPSIS = /^(?:\.{3}|\u2026|\[(?:\.{3}|\u2026)\])$/;

function says(line: string, quoted: string): boolean {
  if (line === quoted) return true;
  const open = /^(?:\.{3}|\u2026)\s*/.exec(quoted)?.[0].length ?? 0;
  const shut = /\s*(?:\.{3}|\u2026)$/.exec(quoted)?.[0].length ?? 0;
  if (open + shut === 0 || open + shut >= quoted.length) return false;
  const words = quoted.slice(open, quoted.length - shut);
  if (open > 0 && shut > 0) return line.includes(words);
  return open > 0 ? line.endsWith(words) : line.startsWith(words);
}

/** The line of the spec that shares most words with what was quoted. */
function closest(
  lines: readonly { text: string; line: number }[],
  quoted: string,
): { text: string; line: number } | undefined {
  const words = new Set(wordsOf(quoted));
  let best: { text: string; line: number } | undefined;
  let most = 0;
  for (const line of lines) {
    const shared = wordsOf(line.text).filter((word) => words.has(word)).length;
    if (shared > most) [best, most] = [line, shared];
  }
  return best;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
}

function nearestLine(
  lines: readonly string[],
  matches: (line: string) => boolean,
  { start, end }: { start: number; end: number },
): number | undefined {
  let nearest: number | undefined;
  const away = (line: number): number => (line < start ? start - line : line - end);
  foldedOf(lines).forEach((text, index) => {
    if (!matches(text)) return;
    if (nearest === undefined || away(index + 1) < away(nearest)) nearest = index + 1;
  });
  return nearest;
}

const folded = new WeakMap<readonly string[], readonly string[]>();

/** Every excerpt that is not found asks for the lines of a whole spec. */
function foldedOf(lines: readonly string[]): readonly string[] {
  const known = folded.get(lines) ?? lines.map(foldLine);
  folded.set(lines, known);
  return known;
}

function cut(text: string): string {
  return text.length <= CUT ? text : `${text.slice(0, CUT - 1)}…`;
}
