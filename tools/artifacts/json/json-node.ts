import type { Place } from '../../findings/index.ts';
import { isRecord } from './json.ts';
import type { LineIndex } from './json-lines.ts';
import type { Span } from './json-spans.ts';

/** A text of a JSON file: its value, and what stands at its place. */
export interface JsonText {
  readonly text: string;
  readonly place: Place;
  /** As written, with its quotes. */
  readonly source: string;
}

/** A value with its place, and the way to the values in it. Where it stands is looked up when it is asked for. */
export class JsonNode implements Omit<JsonText, 'text'> {
  readonly value: unknown;
  readonly #span: () => Span;
  readonly #lines: LineIndex;
  readonly #base: number;

  /** `span` counts from `base`, an offset of the file's text. */
  constructor(value: unknown, span: () => Span, lines: LineIndex, base: number) {
    this.value = value;
    this.#span = span;
    this.#lines = lines;
    this.#base = base;
  }

  get place(): Place {
    return this.#placeOf(this.#span());
  }

  get source(): string {
    const { from, to } = this.#span();
    return this.#lines.file.text.slice(this.#base + from, this.#base + to);
  }

  /** The value of a key; undefined where this is no object that has it. */
  at(key: string): JsonNode | undefined {
    if (!isRecord(this.value) || !Object.hasOwn(this.value, key)) return undefined;
    return this.#child(this.value[key], () => this.#span().members!.get(key)!.value);
  }

  /** The text of a key. */
  text(key: string): JsonText | undefined {
    return this.at(key)?.asText();
  }

  asText(): JsonText | undefined {
    const { value } = this;
    if (typeof value !== 'string') return undefined;
    return textOf(value, this);
  }

  /** The keys of an object, and their values. */
  *members(): Generator<{ key: JsonText; node: JsonNode }> {
    if (!isRecord(this.value)) return;
    for (const [name, value] of Object.entries(this.value)) {
      const member = () => this.#span().members!.get(name)!;
      const key = this.#child(name, () => member().key);
      yield { key: textOf(name, key), node: this.#child(value, () => member().value) };
    }
  }

  /** The items of a list; none where this is no list. */
  items(): JsonNode[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((value, index) => this.#child(value, () => this.#span().items![index]!));
  }

  /** The items of the list under a key. */
  list(key: string): JsonNode[] {
    return this.at(key)?.items() ?? [];
  }

  #child(value: unknown, span: () => Span): JsonNode {
    return new JsonNode(value, span, this.#lines, this.#base);
  }

  #placeOf({ from, to }: Span): Place {
    return this.#lines.place(this.#base + from, this.#base + to);
  }
}

function textOf(text: string, node: JsonNode): JsonText {
  return {
    text,
    get place() {
      return node.place;
    },
    get source() {
      return node.source;
    },
  };
}
