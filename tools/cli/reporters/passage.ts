import {
  authorityRows,
  FAMILIES,
  identifierById,
  type MatrixRow,
  type Passage,
  type SpecIndex,
  type SpecSection,
  sectionsByNumber,
} from '../../spec/index.ts';
import { count, cut, type Output, pad, visible, wrap } from '../output.ts';
import { around, nameOf, placeOf } from '../sections.ts';

const LABEL = 13;
/** More candidates than these nobody reads; --json has all. */
const MOST = 6;

/** What stands where: name, place, status, authority, container, the sections around it, fingerprint. */
export function headerOf(out: Output, index: SpecIndex, passage: Passage): string[] {
  const { result, span, paragraph } = passage;
  const { section } = result;
  if (!section || !span) return [];
  const tags = paragraph ? '' : section.tags.map((tag) => ` ${visible(tag)}`).join('');
  const end =
    span.endFile === undefined ? `${span.endLine}` : placeOf({ file: span.endFile, line: span.endLine });
  const paint = result.status === 'UNIQUE' ? out.green : out.yellow;
  const rows: [label: string, text: string, paint?: (text: string) => string][] = [
    ['place', `${placeOf(span)} to ${end}`],
    ['status', [result.status, ...result.flags].join(' '), paint],
    ...result.reasons.map((reason): [string, string] => ['', visible(reason)]),
    ['authority', authorityText(index, section)],
  ];
  if (section.container !== undefined) {
    rows.push([
      'container',
      `the template fence at ${placeOf({ file: section.file, line: section.container })}`,
    ]);
  }
  const outer = [...around(index, section), ...(paragraph ? [section] : [])];
  if (outer.length > 0) rows.push(['stands in', outer.map(nameOf).join(' › ')]);
  if (result.fingerprint !== undefined) rows.push(['fingerprint', result.fingerprint]);
  const others = sectionsByNumber(index, section.number ?? '').filter((other) => other !== section);
  if (others.length > 0 && !paragraph) {
    const places = others.slice(0, MOST).map((other) => `${other.title} (line ${other.line})`);
    const more = others.length > MOST ? ` and ${others.length - MOST} more` : '';
    rows.push(['same number', visible(places.join(', ')) + more]);
  }
  const name = nameOf(
    paragraph ? { ...paragraph, title: `${cut(paragraph.title, 100)} (${kindOf(index, result)})` } : section,
  );
  return [
    out.bold(cut(name + tags, out.limit)),
    ...rows.flatMap(([label, text, color]) => {
      const [first = '', ...rest] = wrap(text, Math.max(24, Math.min(out.limit, 120) - LABEL));
      const shown = color ? color(first) : first;
      return [`${out.dim(pad(label, LABEL))}${shown}`, ...rest.map((line) => ' '.repeat(LABEL) + line)];
    }),
  ];
}

function authorityText(index: SpecIndex, section: SpecSection): string {
  const { byNumber, byPlace } = authorityRows(index, section);
  if ((index.matrix ?? []).length === 0) return 'unknown: the spec has no Coverage Matrix';
  const says = (row: MatrixRow | undefined): string =>
    row ? `${row.authority} (row ${row.number})` : 'unknown (no row)';
  return byNumber?.number === byPlace?.number
    ? says(byNumber)
    : `by number ${says(byNumber)}, by place ${says(byPlace)}`;
}

/** An anchor that names nothing, or several: one line, what it may mean, and how to say so. */
export function printUnresolved(out: Output, index: SpecIndex, passage: Passage): void {
  const { asked, result } = passage;
  const reasons = result.reasons.map(visible).join('; ');
  for (const line of wrap(`${result.status}  ${visible(asked)}: ${reasons}`, out.limit, '  ')) out.line(line);
  const shown = result.candidates.slice(0, MOST);
  const width = Math.max(0, ...shown.map((section) => placeOf(section).length));
  for (const section of shown) {
    const parent = around(index, section).at(-1);
    const where = parent ? `  in ${nameOf(parent)}` : '';
    out.line(cut(`  ${pad(placeOf(section), width)}  ${nameOf(section)}${where}`, out.limit));
  }
  const left = result.candidates.length - shown.length;
  if (left > 0) out.line(`  … and ${left} more (--json has all)`);
  if (shown.length > 1) out.line('choose with words of the title after the number, or with FILE:LINE');
}

/** A line per passage, where all of them are more than a screen holds. */
export function printContents(out: Output, passages: readonly Passage[]): void {
  const width = Math.max(...passages.map(({ span }) => (span ? String(span.line).length : 0)));
  const widest = Math.max(...passages.map(({ result }) => result.status.length));
  for (const { asked, result, span, paragraph } of passages) {
    const name = result.section ? nameOf(paragraph ?? result.section) : visible(asked);
    const place = (span ? String(span.line) : '').padStart(width);
    const paint = result.status === 'UNIQUE' ? out.green : out.yellow;
    const room = out.limit - width - widest - 4;
    out.line(`${place}  ${paint(pad(result.status, widest))}  ${cut(name, Math.max(24, room))}`);
  }
  out.line();
  out.line(count(passages.length, 'passage'));
}

export interface NumberedLine {
  file: string;
  line: number;
  text: string;
}

/** Lines of the spec with their own numbers. */
export function printText(out: Output, lines: readonly NumberedLine[]): void {
  let file = lines[0]?.file;
  for (const line of lines) {
    if (line.file !== file) out.line(out.dim(visible(line.file)));
    file = line.file;
    for (const row of rowsOf(out, lines, line)) out.line(row);
  }
}

/** A line with its number; what a terminal would fold is folded behind the numbers. */
export function rowsOf(out: Output, all: readonly NumberedLine[], { line, text }: NumberedLine): string[] {
  const width = String(all.at(-1)?.line ?? line).length;
  const [first = '', ...rest] = fold(visible(text.replaceAll('\t', '    ')), out.limit - width - 2);
  const gutter = out.dim(String(line).padStart(width));
  return [`${gutter}  ${first}`, ...rest.map((more) => `${' '.repeat(width)}  ${more}`)];
}

// Unlike words in a message, the blanks of a line mean something.
function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const end = blank > width / 2 ? blank : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^ /, '');
  }
  return [...lines, rest];
}

/** What a passage is that is no section. */
function kindOf(index: SpecIndex, { identifier }: Passage['result']): string {
  const family = identifier && identifierById(index, identifier.id)?.family;
  return FAMILIES.find(({ name }) => name === family)?.what ?? 'addendum paragraph';
}
