import {
  type AnchorStatus,
  resolveAnchor,
  type SpecIndex,
  type SpecSection,
  sectionsByNumber,
  stretchesOf,
} from '../../spec/index.ts';
import { pinnedFile } from './modules.ts';
import type { Pin } from './pins.ts';

/** The anchor leads to nothing that work can rest on, wherever its window is. */
export const DISPROVED: ReadonlySet<AnchorStatus> = new Set<AnchorStatus>([
  'UNRESOLVED',
  'APPENDIX',
  'ROADMAP',
  'NOT_MAIN_BODY',
]);

/** Nobody reads a longer one against the spec (governance-grammar 6, item 4: 214 lines were the longest). */
export const WINDOW_LINES = 250;

/**
 * Why the clause that a pin names and the lines that it quotes are not the same text: the excerpt alone would hold
 * for any number beside it (governance-grammar 5.1 #5). Undefined where they are, and where the anchor names no
 * section that lines could be held against.
 */
export function checkSection(spec: SpecIndex, pin: Pin): string | undefined {
  const { query, window } = pin;
  const { status, section, candidates, reasons } = resolveAnchor(spec, query);
  if (DISPROVED.has(status)) {
    return `ANCHOR_${status}: "${query.number ?? query.text}" in ${spec.version}: ${reasons.join('; ')}`;
  }
  if (window === undefined) return undefined;
  const { start, end } = window;
  const long = end - start + 1;
  if (long > WINDOW_LINES) return `WINDOW_TOO_LONG: ${long} lines, expected at most ${WINDOW_LINES}`;
  const file = pinnedFile(spec, query);
  const further = [query.rangeEnd, ...query.others].flatMap((number) =>
    number === undefined ? [] : sectionsByNumber(spec, number),
  );
  const named =
    section === undefined ? [] : [section, ...(status === 'AMBIGUOUS' ? candidates : []), ...further];
  if (named.length === 0 || file === undefined) return undefined;
  const holds = (line: number): boolean => named.some((each) => within(spec, each, file.path, line));
  if (holds(start) && holds(end)) return undefined;
  const { number, line, endLine } = section!;
  return `WINDOW_OUTSIDE_SECTION: lines ${start}-${end} are not in ${number ?? query.text}, which is lines ${line}-${endLine}`;
}

function within(spec: SpecIndex, section: SpecSection, path: string, line: number): boolean {
  return stretchesOf(spec, section).some(
    (stretch) => stretch.file.path === path && line >= stretch.line && line <= stretch.endLine,
  );
}
