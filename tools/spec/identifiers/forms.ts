import type { IdentifierForm } from '../model.ts';
import { parseHeading, stripTags } from '../sections/headings.ts';

const BULLET = String.raw`\s*(?:[-*+]|\d+[.)])\s+`;
const BOLD_BULLET = new RegExp(String.raw`^${BULLET}\*\*\[?$`);
const PLAIN_BULLET = new RegExp(String.raw`^${BULLET}(?:\([a-z]+\) )?[\x60[]?$`);
const TABLE_CELL = /^\s*[|│]\s*[`*[]*$/;
const TRIPLE_COMMENT = /^\s*\/\/\/\s*\[?$/;
const BOLD_LINE = /^\*\*(?:[^*]*\[)?$/;
/** `FR-EVT-CLOUD-001..004`, `CX-585A/B/C`, `CX-101-106`, `BL-10 to BL-15`: several ids, none of them defined. */
const RANGE = /^[`\]]*(?:\.\.|\s*\/|–|-\d|-[A-Z](?![A-Za-z])| to | through )/;
const RANGE_END = /(?:\.\.|(?<!\/)\/|–| to | through )\s*[`[]?$/;
/** A bullet that sends its reader elsewhere only repeats. */
const ELSEWHERE = /\(see §/;

/**
 * The form in which a line defines the id that stands in it from `start` to `end`; undefined where it only
 * names it. Forms that need the lines around (of a TypeScript event) are not seen here.
 */
export function formOf(
  line: string,
  start: number,
  end: number,
  isHeading: boolean,
): IdentifierForm | undefined {
  const before = line.slice(0, start);
  const after = line.slice(end);
  if (RANGE.test(after) || RANGE_END.test(before)) return undefined;
  if (isHeading) return 'heading';
  if (before === '') {
    if (/^:\s*$/.test(after)) return 'yaml-event';
    return /^(?::\s|\s+\S)/.test(after) ? 'line' : undefined;
  }
  if (before === '[') return after.startsWith(']') ? 'bracket' : undefined;
  if (TABLE_CELL.test(before)) return /^[\]`*]*\s*[|│]/.test(after) ? 'table-cell' : undefined;
  if (BOLD_BULLET.test(before)) return 'bold-bullet';
  if (BOLD_LINE.test(before)) return /^[^*]*\*\*/.test(after) ? 'bracket' : undefined;
  if (PLAIN_BULLET.test(before)) return ELSEWHERE.test(after) ? undefined : 'bullet';
  if (TRIPLE_COMMENT.test(before)) return 'doc-comment';
  if (before.endsWith('#[error("')) return 'error';
  if (/^\s*\|\s*["'][\w.]+["']\s*;?\s*\/\/\s*$/.test(before)) return 'ts-member';
  return undefined;
}

/** What a defining line says beside the id, without markup. */
export function titleOf(form: IdentifierForm, line: string, start: number, end: number): string {
  if (form === 'ts-member') return /["']([\w.]+)["']/.exec(line)?.[1] ?? '';
  let text = line.slice(end);
  if (form === 'table-cell') text = text.replace(/^[^|│]*[|│]/, '').split(/(?<!\\)[|│]/)[0]!;
  if (form === 'error') text = text.replace(/"\)\]\s*$/, '');
  if (form === 'heading' || (form === 'bracket' && !/^(?:\*\*)?\[$/.test(line.slice(0, start)))) {
    text = `${line.slice(0, start)}${text}`.replace('[]', '');
    text = parseHeading(text.replace(/^\s*#+\s*/, '')).title;
  }
  return plain(text);
}

function plain(text: string): string {
  return stripTags(text)
    .rest.replace(/\*\*|`/g, '')
    .replace(/^[\s\]:)—–-]+/, '')
    .replace(/ {2,}/g, ' ')
    .replace(/^\(([^()]*)\):?\s*$/, '$1')
    .replace(/(?<![\s:])[\s:]+$/, '');
}
