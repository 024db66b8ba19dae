import { isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { type Finding, linePlace, type Place } from '../../findings/index.ts';
import { type SpecIndex, type SpecSection, stretchesOf } from '../../spec/index.ts';
import { sha256 } from '../../text/index.ts';
import { finding } from '../diagnostics.ts';
import { CASINGS } from './casing.ts';
import { problemText } from './problem.ts';

const Fields = z.record(z.string(), z.string());

// A blank quote would match any blank line and never go stale.
const Quote = z.string().refine((quote) => /\S/.test(quote), 'the spec line that the entry answers');

const Line = z.strictObject({ section: z.string(), quote: Quote });

const Envelope = z.strictObject({
  discriminator: z.string(),
  accepts: z.array(z.string()),
  id_field: z.string(),
  payload: z.literal('nested'),
  /** Fields of the base whose time must be UTC. */
  utc: z.array(z.string()).optional(),
  fields: Fields,
});

/** One answer: what the spec leaves open, with the line that leaves it open. Exactly one kind per entry. */
const Entry = z
  .strictObject({
    section: z.string(),
    quote: Quote,
    why: z.string(),
    /** Defines a type that the spec uses and never defines. */
    define: z.string(),
    record: Fields,
    enum: z.array(z.string()),
    alias: z.string(),
    /** Types the payload of an event, or single items of it; with `narrow`, fields of its envelope. */
    payload: z.string(),
    fields: Fields,
    /** Gives fields of the envelope fewer values in this event, or makes them mandatory. */
    narrow: z.string(),
    /** `FR-EVT-X` or a family → the payload field that is `model_session_id`. */
    correlation: Fields,
    /** Chooses this section's definition of a type or an event among several. */
    prefer: z.string(),
    /** How the variants of an enum are written on the wire, where the spec names them in another language. */
    casing: z.record(z.string(), z.enum(CASINGS)),
    /** A default that stands in prose: `Type.field`, or the name of an enum → the value. */
    default: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** The rule that reports the quoted line: whatever it says there was read, and `why` says what holds. */
    settles: z.string().regex(/^codegen\/[a-z-]+$/, 'a rule of code generation, codegen/…'),
    /** A second line of the spec that says otherwise; `why` tells what was decided. */
    contradicts: Line,
    envelope: Envelope,
  })
  .partial()
  .required({ section: true, quote: true });

const Overlay = z.strictObject({ schema: z.literal('govkit.overlay@1'), answers: z.array(Entry) });

export type OverlayEntry = z.infer<typeof Entry> & {
  place: Place;
  /** The line of the spec that is quoted, and that of `contradicts`; absent where there is no spec to look in. */
  quoted?: Place;
  against?: Place;
};

export interface OverlayRead {
  entries: OverlayEntry[];
  findings: Finding[];
}

/** The kinds of answers. */
export const KINDS = [
  'define',
  'payload',
  'correlation',
  'prefer',
  'envelope',
  'casing',
  'default',
  'contradicts',
  'settles',
  'narrow',
] as const;

/**
 * Reads an overlay and holds each entry against the spec, where there is one. An entry whose quoted line is
 * gone answers a question that nobody asked any more: it is a finding, and its answer is not used.
 */
export function readOverlay(
  source: { path: string; text: string },
  index: SpecIndex | undefined,
): OverlayRead {
  const counter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: counter });
  const findings: Finding[] = [];
  const fail = (line: number, message: string) =>
    findings.push(finding('overlay-invalid', 'error', { file: source.path, line }, message));
  for (const error of document.errors)
    fail(error.linePos?.[0].line ?? 1, `Unexpected YAML: ${error.message.split('\n')[0]}`);
  if (findings.length > 0) return { entries: [], findings };

  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    // More aliases than the parser is ready to follow.
    fail(1, `Unexpected YAML: ${(error as Error).message}`);
    return { entries: [], findings };
  }
  const parsed = Overlay.safeParse(content);
  const answers = isMap(document.contents) ? document.contents.get('answers') : undefined;
  const nodes = answers instanceof Object && 'items' in answers ? (answers.items as unknown[]) : [];
  const lineOfEntry = (at: number) => lineOf(nodes[at], counter);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const at = issue.path[0] === 'answers' && typeof issue.path[1] === 'number' ? issue.path[1] : undefined;
      fail(at === undefined ? 1 : lineOfEntry(at), problemText(issue, content, keysAt(issue.path)));
    }
    return { entries: [], findings };
  }

  const entries: OverlayEntry[] = [];
  parsed.data.answers.forEach((entry, at) => {
    const place = linePlace(source.path, lineOfEntry(at));
    const kinds = KINDS.filter((kind) => entry[kind] !== undefined);
    if (kinds.length !== 1) {
      fail(
        place.line,
        `Unexpected entry with ${kinds.length} answers, expected exactly one of ${KINDS.join(', ')}`,
      );
      return;
    }
    if (index === undefined) {
      entries.push({ ...entry, place });
      return;
    }
    const quoted = quotedLine(entry, place, index);
    const against = entry.contradicts && quotedLine(entry.contradicts, place, index);
    const stale = [quoted, against].filter((line) => line !== undefined).filter(isFinding);
    findings.push(...stale);
    if (stale.length > 0 || quoted === undefined || isFinding(quoted)) return;
    entries.push({ ...entry, place, quoted, ...(against && !isFinding(against) && { against }) });
  });
  return { entries, findings };
}

/** The keys of the map that a path leads to. */
function keysAt(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(Overlay.shape);
  const inner = { envelope: Envelope, contradicts: Line }[String(path[2])];
  return Object.keys((inner ?? Entry).shape);
}

function lineOf(node: unknown, counter: LineCounter): number {
  const first = isMap(node) ? (node as YAMLMap).items[0]?.key : node;
  const offset = isScalar(first) ? first.range?.[0] : undefined;
  return offset === undefined ? 1 : counter.linePos(offset).line;
}

/** The line that an entry quotes, or the finding that it is gone. */
function quotedLine(
  entry: { section: string; quote: string },
  place: Place,
  index: SpecIndex,
): Place | Finding {
  const sections = index.sections.filter((section) => section.number === entry.section);
  const quote = fold(entry.quote);
  for (const section of sections) {
    const line = foldedLines(section, index).get(quote);
    if (line) return linePlace(line.file, line.line);
  }
  const args = { section: entry.section, quote: entry.quote, quoteSha256: sha256(quote) };
  const where = sections[0];
  const related = where
    ? [{ place: linePlace(where.file, where.line), note: `${entry.section} ${where.title}` }]
    : [];
  const missing = where
    ? `section ${entry.section} has no such line`
    : `the spec has no section ${entry.section}`;
  return finding(
    'overlay-stale',
    'error',
    place,
    `Unexpected quote "${shorten(quote)}": ${missing}, expected the line that the entry answers`,
    { args, related },
  );
}

function isFinding(value: Place | Finding): value is Finding {
  return 'rule' in value;
}

const folded = new WeakMap<SpecSection, Map<string, { file: string; line: number }>>();

/** Each line of a section, folded, with the first place that it stands in. */
function foldedLines(
  section: SpecSection,
  index: SpecIndex,
): ReadonlyMap<string, { file: string; line: number }> {
  const known = folded.get(section);
  if (known) return known;
  const lines = new Map<string, { file: string; line: number }>();
  for (const { file, line, endLine } of stretchesOf(index, section)) {
    for (let at = line; at <= endLine; at++) {
      const key = fold(file.lines[at - 1] ?? '');
      if (!lines.has(key)) lines.set(key, { file: file.path, line: at });
    }
  }
  folded.set(section, lines);
  return lines;
}

/** Whitespace folded, so that a realigned comment or a wrapped quote does not matter. */
function fold(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function shorten(text: string): string {
  return text.length > 72 ? `${text.slice(0, 69)}...` : text;
}
