import { type ParseErrorCode, visit } from 'jsonc-parser';

/** Where a value of a JSON text stands, as offsets, with what it is made of. */
export interface Span {
  from: number;
  to: number;
  items?: Span[];
  /** By key. Of a key that stands twice the last, as every JSON parser takes it. */
  members?: Map<string, Member>;
}

interface Member {
  key: Span;
  value: Span;
}

export interface Repeated {
  key: Span;
  first: Span;
}

export type Broken =
  | { why: 'syntax'; code: ParseErrorCode; from: number; to: number }
  | { why: 'deep' | 'number'; from: number; to: number };

/** Ours are five levels deep; more than this is written to break its reader. */
export const DEEPEST = 50;

/** The spans of a text, or the first thing in it that is no JSON. */
export function readSpans(text: string): { root: Span; repeated: Repeated[] } | { broken: Broken } {
  const builder = new SpanBuilder();
  try {
    visit(text, builder, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // The parser goes on after an error and would report what follows from it; only the first one tells.
    if (error instanceof Stop) return { broken: error.broken };
    throw error;
  }
  return { root: builder.root!, repeated: builder.repeated };
}

class Stop extends Error {
  readonly broken: Broken;
  constructor(broken: Broken) {
    super();
    this.broken = broken;
  }
}

class SpanBuilder {
  root: Span | undefined;
  readonly repeated: Repeated[] = [];
  readonly #open: Span[] = [];
  readonly #keys: { name: string; span: Span }[] = [];

  readonly onObjectBegin = (offset: number): void =>
    this.#begin({ from: offset, to: offset, members: new Map() });
  readonly onArrayBegin = (offset: number): void => this.#begin({ from: offset, to: offset, items: [] });
  readonly onObjectEnd = (offset: number, length: number): void => this.#end(offset + length);
  readonly onArrayEnd = (offset: number, length: number): void => this.#end(offset + length);

  readonly onObjectProperty = (name: string, from: number, length: number): void => {
    const span = { from, to: from + length };
    const first = this.#open.at(-1)!.members!.get(name)?.key;
    if (first !== undefined) this.repeated.push({ key: span, first });
    this.#keys.push({ name, span });
  };

  readonly onLiteralValue = (value: unknown, from: number, length: number): void => {
    const span = { from, to: from + length };
    // `1e999` is read as infinity, which no JSON can say again.
    if (value === Infinity || value === -Infinity) throw new Stop({ why: 'number', ...span });
    this.#add(span);
  };

  readonly onError = (code: ParseErrorCode, from: number, length: number): void => {
    throw new Stop({ why: 'syntax', code, from, to: from + length });
  };

  #begin(span: Span): void {
    if (this.#open.length >= DEEPEST) throw new Stop({ why: 'deep', from: span.from, to: span.from + 1 });
    this.#add(span);
    this.#open.push(span);
  }

  #end(to: number): void {
    this.#open.pop()!.to = to;
  }

  #add(value: Span): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.root = value;
    else if (parent.items) parent.items.push(value);
    else {
      const { name, span } = this.#keys.pop()!;
      parent.members!.set(name, { key: span, value });
    }
  }
}
