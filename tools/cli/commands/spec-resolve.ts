import { readTree } from '../../artifacts/index.ts';
import { loadConfig } from '../../config/index.ts';
import { linePlace, TreeError, UsageError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import {
  type AnchorResult,
  fingerprintOf,
  identifierById,
  resolveAnchor,
  type SpecIndex,
  type SpecSection,
  statusCounts,
} from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec } from '../load.ts';
import { count, cut, type Output, pad, visible, wrap } from '../output.ts';

const MAX_LINES = 72;

interface Source {
  file: string;
  line: number;
}

interface Row {
  text: string;
  source?: Source;
  result: AnchorResult;
}

/** Exit 1 when an anchor is not UNIQUE: a caller may gate on it. */
export async function run(call: Call): Promise<ExitCode> {
  const stubs = call.flags.has('stubs');
  if (stubs === call.args.length > 0)
    throw new UsageError('gov spec resolve wants TEXT or --stubs, one of them');
  const snapshot = worktreeSnapshot(call.root);
  await loadConfig(snapshot);
  const index = await loadCallSpec(call, snapshot);
  const queries: { text: string; source?: Source }[] = call.args.map((text) => ({ text }));
  if (stubs) {
    const tree = await readTree(snapshot, { globs: ['task_packets/stubs/*.md'] });
    for (const stub of tree.stubs) {
      for (const { text, place } of stub.candidates)
        queries.push({ text, source: { file: place.file, line: place.line } });
    }
    if (queries.length === 0) throw new TreeError(nothingToResolve(tree.folder));
  }
  const rows: Row[] = queries.map((query) => ({ ...query, result: resolveAnchor(index, query.text) }));
  const counts = statusCounts(rows.map((row) => row.result));
  if (call.json) {
    call.out.json({
      schema: 'govkit.anchors@1',
      spec: { source: index.source, version: index.version, sha256: index.sha256 },
      results: rows.map((row) => jsonRow(index, row)),
      counts,
    });
  } else {
    // Of many, those that need a look come first and in one line each.
    const many = rows.length > 20;
    const shown = many ? rows.filter(({ result }) => result.status !== 'UNIQUE').slice(0, MAX_LINES) : rows;
    for (const row of shown) printRow(call.out, row, many);
    if (rows.length > 1) {
      const left = rows.filter(({ result }) => result.status !== 'UNIQUE').length - shown.length;
      if (many && left > 0) call.out.line(`… and ${left} more (--json has all)`);
      call.out.line();
      const parts = Object.entries(counts).filter(([, n]) => n > 0);
      const text = `${count(rows.length, 'anchor')} in ${index.version} · ${parts.map(([status, n]) => `${n} ${status}`).join(' · ')}`;
      for (const line of wrap(text, call.out.width)) call.out.line(line);
    }
  }
  return rows.every((row) => row.result.status === 'UNIQUE') ? 0 : 1;
}

function nothingToResolve(folder: string) {
  return {
    rule: 'tree/empty',
    severity: 'error' as const,
    place: linePlace(folder, 1),
    message: `no anchor candidate in any stub under ${folder}: is this the right --root?`,
    args: { folder },
  };
}

function jsonRow(index: SpecIndex, { text, source, result }: Row) {
  return {
    query: text,
    ...(source && { source }),
    status: result.status,
    flags: result.flags,
    ...(result.section && {
      section: { ...jsonSection(result.section), fingerprint: fingerprintOf(index, result.section) },
    }),
    ...(result.identifier && { identifier: jsonIdentifier(index, result) }),
    candidates: result.candidates.map(jsonSection),
    reasons: result.reasons,
  };
}

function jsonIdentifier(index: SpecIndex, { identifier, fingerprint }: AnchorResult) {
  const { id, definition } = identifier!;
  const known = identifierById(index, id);
  return {
    id,
    family: known?.family,
    form: definition.form,
    title: definition.title,
    file: definition.file,
    line: definition.line,
    endLine: definition.endLine,
    fingerprint,
    definitions: known?.definitions.map(({ form, title, file, line }) => ({ form, title, file, line })),
    places: known?.places,
  };
}

function jsonSection(section: SpecSection) {
  return {
    number: section.number ?? null,
    title: section.title,
    level: section.level,
    file: section.file,
    line: section.line,
    endLine: section.endLine,
    ...(section.endFile !== undefined && { endFile: section.endFile }),
    ...(section.container !== undefined && { container: section.container }),
    authority: section.authority,
  };
}

function printRow(out: Output, { text: asked, source, result }: Row, short: boolean): void {
  const text = visible(asked);
  const good = result.status === 'UNIQUE';
  const origin = source ? `${source.file.split('/').at(-1)}:${source.line}  ` : '';
  const flags = result.flags.length > 0 ? out.dim(` ${result.flags.join(' ')}`) : '';
  const paint = good ? out.green : out.yellow;
  const room = out.limit - 19 - origin.length - (short ? 0 : result.flags.join(' ').length + 1);
  out.line(
    `${paint(pad(result.status, 18))} ${out.dim(origin)}${short ? cut(text, Math.min(room, 90)) : cut(text, room)}${short ? '' : flags}`,
  );
  if (short) return;
  const indent = ' '.repeat(out.limit < 110 ? 4 : 19);
  const named = (place: { file: string; line: number }, ...words: (string | undefined)[]): void => {
    const head = `${indent}${visible(`${place.file}:${place.line}`)}  `;
    out.line(head + cut(visible(words.filter(Boolean).join(' ')), Math.max(12, out.limit - head.length)));
  };
  if (result.identifier) {
    const { id, definition } = result.identifier;
    named(definition, id, cut(definition.title, 100));
  }
  if (result.section) named(result.section, result.section.number, result.section.title);
  if (!good) {
    for (const reason of result.reasons) {
      for (const line of wrap(visible(reason), out.limit - indent.length)) out.line(indent + out.dim(line));
    }
  }
}
