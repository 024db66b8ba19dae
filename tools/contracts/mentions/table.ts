import { readTables, type TableCell } from '../../markdown/index.ts';
import { fieldsOfCell } from './fields.ts';
import { namedIn } from './ids.ts';
import type { Said } from './line.ts';

/** The rows of an event table, by line; absent where the table has another subject. */
export type EventRows = ReadonlyMap<number, Said>;

const ID = /^(?:fr[- ]?)?event id$|^fr[- ]evt(?: id)?$/i;
const TYPE = /^event (?:name|type)$|^name$|^type$/i;
const PAYLOAD = /^(?:payload|fields)\b/i;

/**
 * Event tables have four headers: `Event ID | Event Name | Trigger`, `Event ID | Event Type | Trigger | Payload`
 * (also "Payload (no inline body)") and `Event ID | Name | Trigger | Payload`. Lines count from 1.
 */
export function readEventTable(
  file: string,
  lines: readonly string[],
  from: number,
  to: number,
): EventRows | undefined {
  const [table] = readTables(file, lines, from, to);
  const column = (pattern: RegExp) =>
    table?.header.findIndex(({ text }) => pattern.test(text.replaceAll('*', ''))) ?? -1;
  const [id, type, payload] = [column(ID), column(TYPE), column(PAYLOAD)];
  if (table === undefined || id < 0) return undefined;
  const rows = new Map<number, Said>();
  for (const { line, cells } of table.rows) {
    const frId = soleId(cells[id]);
    if (frId === undefined) continue;
    const name = type < 0 ? '' : (cells[type]?.text.replaceAll('`', '').trim() ?? '');
    const fields = payload < 0 ? [] : fieldsOfCell(cells[payload]?.text ?? '');
    rows.set(line, {
      frId,
      form: 'table',
      ...(/^[a-z][a-z0-9_.]*$/.test(name) && { type: name }),
      ...(fields.length > 0 && { fields }),
    });
  }
  return rows;
}

function soleId(cell: TableCell | undefined): string | undefined {
  const text = cell?.text.replace(/[`*]/g, '').trim() ?? '';
  const [named] = namedIn(text);
  return named && !named.group && named.start === 0 && named.end === text.length ? named.ids[0] : undefined;
}
