import { linePlace, TreeError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { definitionLines, fingerprintOf, resolveAnchor, sectionLines } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec } from '../load.ts';

/** One section with its sub-sections, or all that one identifier says, as it stands in the spec. */
export async function run(call: Call): Promise<ExitCode> {
  const index = await loadCallSpec(call, worktreeSnapshot(call.root));
  const text = call.args[0]!;
  const result = resolveAnchor(index, text);
  const section = result.section;
  if (!section) {
    throw new TreeError({
      rule: 'anchor/unresolved',
      severity: 'error',
      place: linePlace(index.files[0]!.path, 1),
      message: `Unexpected anchor "${text}" (${result.status}: ${result.reasons.join('; ')}), expected a section of ${index.version}`,
      args: { text, status: result.status },
      related: result.candidates.map((candidate) => ({
        place: linePlace(candidate.file, candidate.line),
        note: `${candidate.number} ${candidate.title}`,
      })),
    });
  }
  const { identifier } = result;
  const lines = identifier ? definitionLines(index, identifier.definition) : sectionLines(index, section);
  const place = identifier?.definition ?? section;
  if (call.json) {
    const { number, title, level, authority } = section;
    const { file, line, endLine, endFile } = place;
    call.out.json({
      schema: 'govkit.section@1',
      ...(identifier && { identifier: identifier.id }),
      number,
      title,
      level,
      file,
      line,
      endLine,
      ...(endFile !== undefined && { endFile }),
      authority,
      status: result.status,
      fingerprint: (identifier && result.fingerprint) ?? fingerprintOf(index, section),
      text: lines.join('\n'),
    });
  } else {
    call.out.line(call.out.dim(`${place.file}:${place.line} · ${result.status} · ${index.version}`));
    for (const line of lines) call.out.line(line);
  }
  return 0;
}
