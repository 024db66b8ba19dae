import type { Place } from '../../findings/index.ts';
import type { TextFile } from '../../text/index.ts';
import { printAudit, printRegistry } from '../print/records.ts';
import { type Registry, readRegistry } from '../registry.ts';
import { readSignatureAudit, type SignatureAudit } from '../signature-audit.ts';
import { stateOfSection } from '../task-board.ts';
import { type Row, type RowDraft, type Sheet, type Sides, traceOf } from './row.ts';

export function registrySheets([base, ours, theirs]: Sides<TextFile>): Sides<Sheet> {
  return [registrySheet(base), registrySheet(ours), registrySheet(theirs)];
}

export function auditSheets([base, ours, theirs]: Sides<TextFile>): Sides<Sheet> {
  return [auditSheet(base), auditSheet(ours), auditSheet(theirs)];
}

function registrySheet(file: TextFile): Sheet {
  const registry = readRegistry(file);
  const places = placesOf(registry);
  const rows = registry.rows.map((row): Row => {
    const is = stateOfSection(row.boardSection?.text ?? '');
    return {
      key: row.baseWpId,
      parts: [[row.activePacket, row.taskBoard], [row.notes]],
      ...placed(registry, row.place.line),
      ...(is === undefined ? {} : { state: { of: row.boardId?.text ?? '', is } }),
    };
  });
  const print = (drafts: readonly RowDraft[]): string =>
    printRegistry({
      kind: 'registry',
      file,
      rows: drafts.map(({ key, parts, line }) => ({
        baseWpId: key,
        activePacket: parts[0]?.[0] ?? '',
        taskBoard: parts[0]?.[1] ?? '',
        notes: parts[1]?.[0] ?? '',
        ...placeAt(places, line),
      })),
    });
  return { file, rows, holds: holding(registry), print, again: registrySheet };
}

function auditSheet(file: TextFile): Sheet {
  const audit = readSignatureAudit(file);
  const places = placesOf(audit);
  const rows = audit.rows.map(
    (row): Row => ({
      key: row.signature,
      parts: [[row.usedBy], [row.at], [row.purpose], [row.specVersion], [row.notes]],
      ...placed(audit, row.place.line),
    }),
  );
  const print = (drafts: readonly RowDraft[]): string =>
    printAudit({
      kind: 'audit',
      file,
      rows: drafts.map(({ key, parts, line }) => {
        const [usedBy = '', at = '', purpose = '', specVersion = '', notes = ''] = parts.map(
          ([value]) => value,
        );
        return {
          signature: key,
          usedBy,
          at,
          purpose,
          specVersion,
          notes,
          ...placeAt(places, line),
        };
      }),
    });
  return { file, rows, holds: holding(audit), print, again: auditSheet };
}

/** A table is one section, without a name. */
function holding({ headerLine }: Registry | SignatureAudit): Sheet['holds'] {
  return (section) => section === '' && headerLine !== undefined;
}

function placed({ file }: Registry | SignatureAudit, line: number): Pick<Row, 'section' | 'line' | 'trace'> {
  return { section: '', line, trace: traceOf(file.lines[line - 1]!) };
}

function placesOf({ rows }: Registry | SignatureAudit): Map<number, Place> {
  return new Map(rows.map(({ place }) => [place.line, place]));
}

function placeAt(places: ReadonlyMap<number, Place>, line = 0): { place?: Place } {
  const place = places.get(line);
  return place === undefined ? {} : { place };
}
