import { Column } from './column.ts';
import { IdTable } from './id-table.ts';
import type { SpanLine } from './span-line.ts';

/** A span as it is kept: its owner and what holds it are ids, its times are milliseconds since 1970. */
export interface KeptSpan {
  span_id: string;
  kind: SpanLine['kind'];
  session_id: string | null;
  parent_span_id: string | null;
  /** NaN = not told. */
  start: number;
  /** NaN = open, or not told. */
  end: number;
  status: string | null;
  tokens: number | null;
  cost: number | null;
  at: number;
}

/** The spans of a log by their ids, in columns: as objects, those of a large log would not fit into memory. */
export class SpanTable {
  readonly #ids = new IdTable();
  readonly #others = new IdTable();
  readonly #kinds: SpanLine['kind'][] = [];
  readonly #statuses: (string | null)[] = [];
  /** 0, or 1 and the number of an id among the others. */
  readonly #sessions = new Column();
  readonly #parents = new Column();
  readonly #starts = new Column();
  readonly #ends = new Column();
  /** -1 = not told. */
  readonly #tokens = new Column();
  readonly #costs = new Column();
  readonly #places = new Column();

  get size(): number {
    return this.#ids.size;
  }

  find(id: string): KeptSpan | undefined {
    const number = this.#ids.find(id);
    return number < 0 ? undefined : this.at(number);
  }

  /** By its number, from 0 in the order of coming. */
  at(number: number): KeptSpan {
    const amount = (value: number): number | null => (value < 0 ? null : value);
    return {
      span_id: this.#ids.text(number),
      kind: this.#kinds[number]!,
      session_id: this.#named(this.#sessions.at(number)),
      parent_span_id: this.#named(this.#parents.at(number)),
      start: this.#starts.at(number),
      end: this.#ends.at(number),
      status: this.#statuses[number]!,
      tokens: amount(this.#tokens.at(number)),
      cost: amount(this.#costs.at(number)),
      at: this.#places.at(number),
    };
  }

  add(span: SpanLine, at: number): void {
    this.#ids.add(span.span_id);
    this.#write(this.size - 1, span, at);
  }

  /** False if it is not the span that was opened: another kind, owner, holder or beginning. */
  close(span: SpanLine, at: number): boolean {
    const number = this.#ids.find(span.span_id);
    const opened = this.at(number);
    this.#write(number, span, at);
    const closed = this.at(number);
    return (
      opened.kind === closed.kind &&
      opened.session_id === closed.session_id &&
      opened.parent_span_id === closed.parent_span_id &&
      opened.start === closed.start
    );
  }

  #write(number: number, span: SpanLine, at: number): void {
    this.#kinds[number] = span.kind;
    this.#statuses[number] = span.status;
    this.#sessions.set(number, this.#number(span.session_id));
    this.#parents.set(number, this.#number(span.parent_span_id));
    this.#starts.set(number, time(span.start_time));
    this.#ends.set(number, time(span.end_time));
    this.#tokens.set(number, span.token_count ?? -1);
    this.#costs.set(number, span.cost_usd ?? -1);
    this.#places.set(number, at);
  }

  #number(id: string | null): number {
    if (id === null) return 0;
    this.#others.add(id);
    return this.#others.find(id) + 1;
  }

  #named(number: number): string | null {
    return number === 0 ? null : this.#others.text(number - 1);
  }
}

const time = (text: string | null): number => (text === null ? Number.NaN : Date.parse(text));
