import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { sliceOf } from './paging.ts';
import { usePrinting } from './printing.ts';
import { withQuery } from './query.ts';
import type { Route } from './route.ts';

const pageName = (name: string): string => (name === '' ? 'page' : `page-${name}`);

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ComponentChildren;
  /** The cell that names the row. */
  head?: boolean;
  /** A class of style.css: `number`, `wide`, `tight`. */
  kind?: string;
}

// On a narrow screen rows are stacked and are no table boxes any more; some browsers then forget that they are
// a table, unless they are told.
const AS = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  column: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/**
 * Rows under a caption, a page of them at a time; on paper all of them. The row that the address points at is
 * marked, and its page is the one that is shown.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
  route,
  isMarked,
  name = '',
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  route: Route;
  isMarked?: (row: Row) => boolean;
  /** Tells it from other tables of the view, so that each is on a page of its own. */
  name?: string;
}) {
  const marked = isMarked ? rows.findIndex(isMarked) : -1;
  const slice = sliceOf(rows, route.query.get(pageName(name)), marked);
  const printing = usePrinting();
  const shown = printing ? rows : slice.rows;
  const markedRow = useRef<HTMLTableRowElement>(null);
  const at = route.query.get('at');
  useEffect(() => {
    if (at !== null) markedRow.current?.scrollIntoView({ block: 'center' });
  }, [at]);
  return (
    <div class="table">
      <table {...AS.table} aria-rowcount={slice.pages > 1 ? rows.length + 1 : undefined}>
        <caption>{caption}</caption>
        <colgroup>
          {columns.map(({ name, kind }) => (
            <col key={name} class={kind} />
          ))}
        </colgroup>
        <thead {...AS.group}>
          <tr {...AS.row}>
            {columns.map(({ name, kind }) => (
              <th key={name} {...AS.column} scope="col" class={kind}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...AS.group}>
          {shown.map((row, index) => {
            const isIt = slice.first + index === marked;
            return (
              <tr
                key={keyOf(row)}
                {...AS.row}
                aria-rowindex={slice.pages > 1 ? slice.first + index + 2 : undefined}
                aria-current={isIt ? 'true' : undefined}
                ref={isIt ? markedRow : null}
              >
                {columns.map(({ name, cell, head, kind }) =>
                  head ? (
                    <th key={name} {...AS.rowHead} scope="row" class={kind} data-name={name}>
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={name} {...AS.cell} class={kind} data-name={name}>
                      {cell(row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {slice.pages > 1 && (
        <Pages route={route} caption={caption} name={name} {...slice} total={rows.length} />
      )}
    </div>
  );
}

function Pages({
  route,
  caption,
  name,
  page,
  pages,
  first,
  rows,
  total,
}: {
  route: Route;
  caption: string;
  name: string;
  page: number;
  pages: number;
  first: number;
  rows: unknown[];
  total: number;
}) {
  const to = (next: number) => withQuery(route, { [pageName(name)]: String(next + 1) });
  return (
    <nav class="pages" aria-label={`Pages of: ${caption}`}>
      {page > 0 ? <a href={to(page - 1)}>earlier</a> : <span>earlier</span>}
      <span class="range">
        {first + 1} to {first + rows.length} of {total}
      </span>
      {page < pages - 1 ? <a href={to(page + 1)}>further</a> : <span>further</span>}
    </nav>
  );
}
