import { type AnchorResult, type SpecIndex, statusCounts } from '../../spec/index.ts';
import { count, cut, type Output, pad, visible, wrap } from '../output.ts';
import { nameOf, placeOf } from '../sections.ts';

const MAX_LINES = 72;
/** Of many anchors, those that need a look come first and in one line each. */
const MANY = 20;
/** More candidates than these nobody reads; --json has all. */
const MOST = 6;
/** An anchor is shown at least this wide; what stands beside it gives way. */
const LEAST = 24;

/** An anchor, where it was found, and what became of it. */
export interface AnchorRow {
  text: string;
  source?: { file: string; line: number };
  result: AnchorResult;
}

/** Each anchor with its status, the place it names, its authority and why; `quiet` shows what is wrong alone. */
export function printAnchors(
  out: Output,
  index: SpecIndex,
  rows: readonly AnchorRow[],
  quiet: boolean,
): void {
  const many = rows.length > MANY;
  const wrong = rows.filter(({ result }) => result.status !== 'UNIQUE');
  const all = many || quiet ? wrong : rows;
  const shown = many ? all.slice(0, MAX_LINES) : all;
  const width = Math.max(0, ...shown.map(({ result }) => result.status.length));
  for (const row of shown) {
    if (many) out.line(lineOf(out, row, width, authorityOf(row)));
    else printRow(out, row, width);
  }
  if (shown.length < all.length) out.line(`… and ${all.length - shown.length} more (--json has all)`);
  if (rows.length === 1 || quiet) return;
  out.line();
  const parts = Object.entries(statusCounts(rows.map(({ result }) => result)));
  const text = `${count(rows.length, 'anchor')} in ${index.version} · ${parts.map(([status, n]) => `${n} ${status}`).join(' · ')}`;
  for (const line of wrap(text, out.width)) out.line(line);
}

/** What is said of an anchor in one line, where it does not go without saying. */
function authorityOf({ result: { section } }: AnchorRow): string {
  return section && section.authority !== 'YES' ? authorityText(section) : '';
}

function authorityText({ authority }: { authority: string }): string {
  return `authority ${authority === 'UNKNOWN' ? 'unknown' : authority}`;
}

function lineOf(out: Output, { text, source, result }: AnchorRow, width: number, more: string): string {
  const paint = result.status === 'UNIQUE' ? out.green : out.yellow;
  const rest = more === '' ? '' : `  ${more}`;
  const free = out.limit - width - 1 - rest.length;
  const origin = source ? originOf(source, free - LEAST) : '';
  const room = Math.max(12, free - origin.length);
  // In a narrow line the name of the spec, which most anchors begin with, would leave no room for the rest.
  const said = visible(text);
  const shown = cut(said.length > room ? said.replace(/^\S+\.md[:\s]\s*/, '') : said, room);
  return `${paint(pad(result.status, width))} ${out.dim(origin)}${shown}${out.dim(rest)}`;
}

function originOf({ file, line }: { file: string; line: number }, room: number): string {
  const end = `:${line}  `;
  return cut(visible(file.slice(file.lastIndexOf('/') + 1)), Math.max(8, room - end.length)) + end;
}

function printRow(out: Output, row: AnchorRow, width: number): void {
  const { result } = row;
  const flags = result.flags.join(' ');
  const indent = ' '.repeat(out.limit < 110 ? 4 : width + 1);
  // Where the flags would cut the anchor they stand below it.
  const room = out.limit - width - 3 - flags.length;
  const beside = flags !== '' && visible(row.text).length + (row.source ? LEAST : 0) <= room;
  out.line(lineOf(out, row, width, beside ? flags : ''));
  if (flags !== '' && !beside) out.line(indent + out.dim(flags));
  const named = (place: { file: string; line: number }, name: string, more = ''): void => {
    const head = `${indent}${placeOf(place)}  `;
    const rest = more === '' ? '' : `  ${more}`;
    out.line(head + cut(name, Math.max(8, out.limit - head.length - rest.length)) + out.dim(rest));
  };
  const { identifier, paragraph, section } = result;
  if (identifier) {
    const { id, definition } = identifier;
    named(definition, visible(`${id} ${cut(definition.title, 100)}`));
  }
  if (paragraph) named(paragraph, nameOf(paragraph));
  if (section) named(section, nameOf(section), authorityText(section));
  const covers = result.flags.some((flag) => flag === 'WILDCARD' || flag === 'RANGE');
  const reasons =
    result.status !== 'UNIQUE'
      ? result.reasons
      : covers
        ? result.reasons.filter((reason) => reason.startsWith('it covers '))
        : [];
  for (const reason of reasons)
    for (const line of wrap(visible(reason), out.limit - indent.length)) out.line(indent + out.dim(line));
  if (result.status === 'NO_NUMBER' && !section) {
    for (const candidate of result.candidates.slice(0, MOST)) named(candidate, nameOf(candidate));
    const left = result.candidates.length - MOST;
    if (left > 0) out.line(`${indent}… and ${left} more (--json has all)`);
  }
}
