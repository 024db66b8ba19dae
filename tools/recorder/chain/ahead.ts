/** Rows that come in order, of which the next can be looked at. */
export interface Ahead<Row> {
  peek(): Row | undefined;
  take(): void;
}

export function ahead<Row>(rows: Iterable<Row>): Ahead<Row> {
  const iterator = rows[Symbol.iterator]();
  let next = iterator.next();
  return {
    peek: () => (next.done ? undefined : next.value),
    take() {
      next = iterator.next();
    },
  };
}
