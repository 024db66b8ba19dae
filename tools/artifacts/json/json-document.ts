import type { Finding } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';
import { isRecord, malformed } from './json.ts';
import { LineIndex } from './json-lines.ts';
import { JsonNode } from './json-node.ts';
import { type Broken, DEEPEST, readSpans, type Span } from './json-spans.ts';
import { syntaxMessage } from './json-syntax.ts';

/** A JSON text that was read once. */
export interface JsonDocument {
  file: TextFile;
  /** From where to where it goes in the file's text: a line, in a file of JSON lines. */
  from: number;
  to: number;
  /** Undefined where the text is no JSON. */
  root: JsonNode | undefined;
  /** One `artifact/malformed`, or an `artifact/repeated-key` for each. */
  findings: Finding[];
}

/** Reads a JSON file. */
export function openJson(file: TextFile): JsonDocument {
  return openSlice(new LineIndex(file), 0, file.text.length, 'file');
}

/** Reads a file of JSON lines: a document for each line that is not blank. */
export function openJsonLines(file: TextFile): JsonDocument[] {
  const lines = new LineIndex(file);
  return [...lines.lines()]
    .filter(([from, to]) => file.text.slice(from, to).trim() !== '')
    .map(([from, to]) => openSlice(lines, from, to, 'line'));
}

/** The object that a document must be; undefined with a finding where it is something else. */
export function rootObject(document: JsonDocument, expected: string): JsonNode | undefined {
  const { root, findings } = document;
  if (root === undefined || isRecord(root.value)) return root;
  findings.push(malformed(root.place, `Unexpected content, expected ${expected}`));
  return undefined;
}

function openSlice(lines: LineIndex, from: number, to: number, what: 'file' | 'line'): JsonDocument {
  const { file } = lines;
  const text = file.text.slice(from, to);
  const plain = plainValue(text);
  if (plain !== undefined) {
    let span: Span | undefined;
    const lazily = (): Span => {
      span ??= rootSpan(text);
      return span;
    };
    return { file, from, to, root: new JsonNode(plain.value, lazily, lines, from), findings: [] };
  }
  const spans = readSpans(text);
  if ('broken' in spans) {
    return { file, from, to, root: undefined, findings: [problem(lines, from, text, what, spans.broken)] };
  }
  const findings = spans.repeated.map(({ key, first }): Finding => {
    const source = text.slice(key.from, key.to);
    return {
      rule: 'artifact/repeated-key',
      severity: 'error',
      place: lines.place(from + key.from, from + key.to),
      message: `Unexpected second ${source}, expected each key once: only the last one counts`,
      args: { path: file.path, key: source },
      found: source,
      related: [{ place: lines.place(from + first.from, from + first.to), note: 'the first' }],
    };
  });
  const root = new JsonNode(JSON.parse(text), () => spans.root, lines, from);
  return { file, from, to, root, findings };
}

/**
 * The value of a text in the form of `JSON.stringify(value, null, 2)`, as the tools write it: such a text holds
 * no key twice and no number beyond numbers, so that nothing has to be looked for. (The gate log is read on every
 * check, and looking costs fifty times as much as parsing.)
 */
function plainValue(text: string): { value: unknown } | undefined {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (!lines.startsWith('{\n  ') || lines.includes(`\n${'  '.repeat(DEEPEST)}`)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(lines);
  } catch {
    return undefined;
  }
  return JSON.stringify(value, null, 2) === lines.trimEnd() ? { value } : undefined;
}

function rootSpan(text: string): Span {
  const spans = readSpans(text);
  if ('broken' in spans)
    throw new Error(`JSON that one parser reads and another does not: ${spans.broken.why}`);
  return spans.root;
}

/** Enough of a token to know it by. */
const SHOWN = 40;

function problem(lines: LineIndex, base: number, text: string, what: string, broken: Broken): Finding {
  // The end is where the text ends, and not behind the blank lines after it.
  const from = Math.min(broken.from, text.trimEnd().length);
  const to = Math.min(broken.to, from + SHOWN);
  const found = /^[^\r\n]*/.exec(text.slice(from, to))![0];
  return {
    ...malformed(lines.place(base + from, base + from + found.length), brokenMessage(broken, found, what)),
    ...(found === '' ? {} : { found }),
  };
}

function brokenMessage(broken: Broken, found: string, what: string): string {
  switch (broken.why) {
    case 'deep':
      return `Unexpected nesting of more than ${DEEPEST} levels, expected a governed document`;
    case 'number':
      return `Unexpected number ${found}, expected one that can be read`;
    default:
      return syntaxMessage(broken.code, found === '' ? `end of the ${what}` : JSON.stringify(found));
  }
}
