import { compareText, type Place } from '../../findings/index.ts';
import { type Field, readField } from '../../markdown/index.ts';
import { type Document, findSection, present, type Section } from '../document.ts';
import { plainWord } from '../plain-word.ts';

export type Verdict = 'PASS' | 'FAIL' | 'OUTDATED_ONLY' | 'UNKNOWN';

/** What a Validator appended to a packet. There may be several; {@link latestReport} tells which one counts. */
export interface ValidationReport {
  /** Its heading, or its first line where it has none. */
  title: string;
  place: Place;
  /** Last line, inclusive. */
  endLine: number;
  /** Absent where none is stated; UNKNOWN where what is stated is no verdict (`FAIL (Process) / PASS (Logic)`). */
  verdict?: Verdict;
  /** The line that states it; absent where only the heading does. */
  verdictField?: Field;
  /** The number at the end of its id, where it has one. */
  number?: number;
  /** `2026-02-21T00:50:04Z` or a day: of the heading, or of a field. */
  at?: string;
  /** In the spellings `- FIELD:`, `#### FIELD:` and `FIELD:` (G24), unknown ones included. */
  fields: Field[];
}

/** A heading may have a day or a name before it; a bullet that mentions a report begins none. */
const HEADED =
  /^#{1,6}\s+(?!VALIDATION[ _]REPORTS\b)[^:]{0,60}?\b(?:RE)?VALIDAT(?:ION|OR)[ _](?:REPORT|NOTE)\b/i;
const LISTED = /^(?:[-*+]\s+)?(?:\*\*|__)?VALIDAT(?:ION|OR)[ _]REPORT\b/i;
const CONTAINER = /^VALIDATION[ _]REPORTS\b/i;
const TIME = /\b(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?))?/;
const VERDICT = /verdict/i;
/** `**Verdict: PASS**`: elsewhere what is emphasised as a whole is prose. */
const EMPHASISED = /^(\s*(?:[-*+]\s+)?)(\*\*|__)(\s*verdict\s*:.*?)\2\s*$/i;

/** Every report, and every verdict that stands under no heading of one. */
export function readReports(document: Document, fields: readonly Field[]): ValidationReport[] {
  const known = new Map(fields.map((field) => [field.keyPlace.line, field]));
  const reports: ValidationReport[] = [];
  const headings = new Map(document.sections.map((section) => [section.line, section]));
  const container = findSection(document, CONTAINER);
  let open: ValidationReport | undefined;
  let limit = 0;
  let last: Section | undefined;
  const begin = (line: number, text: string, until: number): void => {
    open = {
      title: text.replace(/^(?:#{1,6}|[-*+])\s+/, ''),
      place: { file: document.path, line, column: 1, endLine: line, endColumn: text.length + 1 },
      endLine: until,
      fields: [],
    };
    limit = until;
    reports.push(open);
  };
  for (let line = 1; line <= document.visible.length; line++) {
    const text = document.visible[line - 1]!.trimEnd();
    if (text === '') continue;
    const heading = headings.get(line);
    if (heading !== undefined) last = heading;
    if (line > limit) open = undefined;
    const inside = container !== undefined && line > container.line && line <= container.endLine;
    if (heading === undefined ? inside && LISTED.test(text) : HEADED.test(text)) {
      begin(line, text, heading?.endLine ?? container!.endLine);
    }
    const judges = VERDICT.test(text);
    if (open === undefined && !judges) continue;
    const field = known.get(line) ?? oddField(document.path, line, text, judges);
    if (field === undefined) continue;
    const verdict = judges && /^verdict$/i.test(field.key) ? verdictOf(field.raw) : undefined;
    if (verdict !== undefined) {
      // Another verdict under the same heading is another report; the same one again is a repetition.
      if (open === undefined) begin(line, text, last?.endLine ?? document.visible.length);
      else if (open.verdict !== undefined && open.verdict !== verdict) begin(line, text, limit);
      if (open!.verdict === undefined) Object.assign(open!, { verdict, verdictField: field });
    }
    open?.fields.push(field);
  }
  return reports.map((report, index) => finished(report, reports[index + 1]));
}

/** The one that counts: by number where all have one, else by time, else the last; the order in the file is nobody's word (G23). */
export function latestReport(reports: readonly ValidationReport[]): ValidationReport | undefined {
  const judged = reports.filter(({ verdict }) => verdict !== undefined);
  if (judged.length > 1 && judged.every(({ number }) => number !== undefined)) {
    return judged.reduce((best, each) => (each.number! >= best.number! ? each : best));
  }
  // A report without a day was appended after the one before it.
  let day = '';
  const dated = judged.map((report) => {
    day = report.at?.slice(0, 10) ?? day;
    return { report, day };
  });
  const last = dated
    .map((each) => each.day)
    .toSorted(compareText)
    .at(-1);
  const newest = dated.filter((each) => each.day === last).map(({ report }) => report);
  const timed = newest.every(({ at }) => (at?.length ?? 0) > 10);
  return timed ? newest.toSorted((a, b) => compareText(a.at!, b.at!)).at(-1) : newest.at(-1);
}

/** The verdict of each report, that of the one that counts last; UNKNOWN where a report states none. */
export function verdictsOf(reports: readonly ValidationReport[]): Verdict[] {
  const latest = latestReport(reports);
  const others = reports.filter((report) => report !== latest);
  return [...others, ...(latest ? [latest] : [])].map(({ verdict }) => verdict ?? 'UNKNOWN');
}

function verdictOf(raw: string): Verdict {
  const word = plainWord(raw);
  return word === 'PASS' || word === 'FAIL' || word === 'OUTDATED_ONLY' ? word : 'UNKNOWN';
}

/** A field that is spelled as a heading, `#### FIELD: x`, or a verdict that is emphasised as a whole. */
function oddField(path: string, line: number, text: string, judges: boolean): Field | undefined {
  if (judges && EMPHASISED.test(text)) return readField(path, line, text.replace(EMPHASISED, '$1  $3'));
  if (!text.startsWith('#')) return undefined;
  const marks = /^#+/.exec(text)![0].length;
  return readField(path, line, ' '.repeat(marks) + text.slice(marks));
}

function finished(report: ValidationReport, next: ValidationReport | undefined): ValidationReport {
  const endLine = next === undefined ? report.endLine : Math.min(report.endLine, next.place.line - 1);
  const stated = report.fields.find(({ key }) => /^(?:date|date_utc|timestamp|validated_at)$/i.test(key));
  const id = report.fields.find(({ key }) => /^(?:report_id|id)$/i.test(key));
  const digits = /(\d{1,9})$/.exec(id?.value ?? '')?.[1];
  const time = TIME.exec(report.title) ?? TIME.exec(stated?.raw ?? '');
  const said = /(?:[-\u2013\u2014(]\s*)(PASS|FAIL|OUTDATED_ONLY)\)?\s*$/.exec(report.title)?.[1];
  return {
    ...report,
    endLine,
    ...present({
      verdict: report.verdict ?? (said as Verdict | undefined),
      number: digits === undefined ? undefined : Number(digits),
      at: time === null ? undefined : time[2] === undefined ? time[1] : `${time[1]}T${time[2]}`,
    }),
  };
}
