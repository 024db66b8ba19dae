import {
  fingerprintOf,
  identifierById,
  type SpecIndex,
  type SpecSection,
  statusCounts,
} from '../../spec/index.ts';
import type { AnchorReport, AnchorsReport } from '../schemas/anchors.ts';
import type { AnchorRow } from './anchors.ts';

/** `govkit.anchors@1` */
export function anchorsReport(index: SpecIndex, rows: readonly AnchorRow[]): AnchorsReport {
  const { source, version, sha256 } = index;
  return {
    schema: 'govkit.anchors@1',
    spec: { source, version, sha256 },
    results: rows.map((row) => jsonRow(index, row)),
    counts: statusCounts(rows.map((row) => row.result)),
  };
}

function jsonRow(index: SpecIndex, { text, source, result }: AnchorRow): AnchorReport {
  const { status, flags, section, paragraph, fingerprint, reasons } = result;
  const identifier = jsonIdentifier(index, result);
  return {
    query: text,
    ...(source && { source }),
    status,
    flags,
    ...(section && { section: { ...jsonSection(section), fingerprint: fingerprintOf(index, section) } }),
    ...(paragraph && {
      paragraph: {
        number: paragraph.number,
        title: paragraph.title,
        ...spanOf(paragraph),
        fingerprint: fingerprint!,
      },
    }),
    ...(identifier && { identifier }),
    candidates: result.candidates.map(jsonSection),
    reasons,
  };
}

function jsonIdentifier(
  index: SpecIndex,
  { identifier, fingerprint }: AnchorRow['result'],
): AnchorReport['identifier'] {
  if (!identifier) return undefined;
  const { id, definition } = identifier;
  const known = identifierById(index, id)!;
  return {
    id,
    family: known.family,
    form: definition.form,
    title: definition.title,
    ...spanOf(definition),
    fingerprint: fingerprint!,
    definitions: known.definitions.map(({ form, title, file, line }) => ({ form, title, file, line })),
    places: known.places,
  };
}

function jsonSection(section: SpecSection) {
  const { number, title, level, container, authority } = section;
  return {
    number: number ?? null,
    title,
    level,
    ...spanOf(section),
    ...(container !== undefined && { container }),
    authority,
  };
}

function spanOf({
  file,
  line,
  endLine,
  endFile,
}: Pick<SpecSection, 'file' | 'line' | 'endLine' | 'endFile'>) {
  return { file, line, endLine, ...(endFile !== undefined && { endFile }) };
}
