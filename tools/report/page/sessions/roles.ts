/**
 * Roles of what is drawn with other boxes than those of a table: lanes that come and go are no table rows, and a
 * table whose rows are stacked on a narrow screen is forgotten by some browsers unless they are told.
 */
export const AS = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  column: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
  gridCell: { role: 'gridcell' },
} as const;
