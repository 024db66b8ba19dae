import type { Finding, Place } from '../findings/index.ts';
import type { TextFile } from '../text/index.ts';
import { isRecord, malformed } from './json.ts';
import { LineIndex } from './json-lines.ts';
import { type Broken, DEEPEST, readSpans, type Span } from './json-spans.ts';
import { syntaxMessage } from './json-syntax.ts';

/** A text of a JSON file: its value, and what stands at its place. */
export interface JsonText {
  text: string;
  place: Place;
  /** As written, with its quotes. */
  source: string;
}

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

/** A value with its place, and the way to the values in it. */
export class JsonNode {
  readonly value: unknown;
  readonly #span: Span;
  readonly #lines: LineIndex;
  readonly #base: number;

  constructor(value: unknown, span: Span, lines: LineIndex, base: number) {
    this.value = value;
    this.#span = span;
    this.#lines = lines;
    this.#base = base;
  }

  get place(): Place {
    return this.#placeOf(this.#span);
  }

  /** As written. */
  get source(): string {
    return this.#lines.file.text.slice(this.#base + this.#span.from, this.#base + this.#span.to);
  }

  /** The value of a key; undefined where this is no object that has it. */
  at(key: string): JsonNode | undefined {
    const member = this.#span.members?.get(key);
    return member && this.#child((this.value as Record<string, unknown>)[key], member.value);
  }

  /** The text of a key. */
  text(key: string): JsonText | undefined {
    return this.at(key)?.asText();
  }

  asText(): JsonText | undefined {
    const { value, place, source } = this;
    return typeof value === 'string' ? { text: value, place, source } : undefined;
  }

  /** The keys of an object, with their places and values. */
  *members(): Generator<{ key: string; keyPlace: Place; node: JsonNode }> {
    for (const [key, { key: span, value }] of this.#span.members ?? []) {
      const node = this.#child((this.value as Record<string, unknown>)[key], value);
      yield { key, keyPlace: this.#placeOf(span), node };
    }
  }

  /** The items of a list; none where this is no list. */
  items(): JsonNode[] {
    return (this.#span.items ?? []).map((span, index) => this.#child((this.value as unknown[])[index], span));
  }

  /** The items of the list under a key. */
  list(key: string): JsonNode[] {
    return this.at(key)?.items() ?? [];
  }

  #child(value: unknown, span: Span): JsonNode {
    return new JsonNode(value, span, this.#lines, this.#base);
  }

  #placeOf({ from, to }: Span): Place {
    return this.#lines.place(this.#base + from, this.#base + to);
  }
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
  return { file, from, to, root: new JsonNode(JSON.parse(text), spans.root, lines, from), findings };
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
