/** Rows to a page: few enough to be drawn at once, enough to be looked through. */
export const ROWS_A_PAGE = 100;

export interface Slice<Row> {
  rows: Row[];
  /** From 0. */
  page: number;
  pages: number;
  /** The position of its first row among all. */
  first: number;
}

/** The page that is asked for (from 1, as it stands in the address), or the one that holds the row at `marked`. */
export function sliceOf<Row>(
  all: readonly Row[],
  asked: string | null,
  marked = -1,
  size = ROWS_A_PAGE,
): Slice<Row> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const wanted = asked === null && marked >= 0 ? Math.floor(marked / size) : Number(asked ?? 1) - 1;
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), pages - 1) : 0;
  return { rows: all.slice(page * size, (page + 1) * size), page, pages, first: page * size };
}
