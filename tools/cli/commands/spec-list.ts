import { linePlace, TreeError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import { loadSpec, type SpecSection } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { pad } from '../output.ts';

/** The section tree, as it physically stands. */
export async function run(call: Call): Promise<ExitCode> {
  const index = await loadSpec(worktreeSnapshot(call.root), {
    root: call.root,
    ...(call.spec !== undefined && { spec: call.spec }),
  });
  const below = call.args[0];
  const sections = index.sections.filter((section) => below === undefined || isBelow(section, below));
  if (sections.length === 0) {
    throw new TreeError({
      rule: 'anchor/unresolved',
      severity: 'error',
      place: linePlace(index.files[0]!.path, 1),
      message: `Unexpected section number ${below}, expected one of ${index.version}`,
      args: { number: below },
    });
  }
  if (call.json) {
    call.out.json({
      schema: 'govkit.sections@1',
      spec: { source: index.source, version: index.version, sha256: index.sha256 },
      sections: sections.map(
        ({ number, title, tags, level, file, line, endLine, container, authority, kind }) => ({
          number: number ?? null,
          title,
          tags,
          level,
          file,
          line,
          endLine,
          ...(container !== undefined && { container }),
          authority,
          kind,
        }),
      ),
    });
    return 0;
  }
  const width = String(Math.max(...sections.map((section) => section.line))).length;
  for (const section of sections) {
    const authority =
      section.authority === 'YES' ? '   ' : call.out.yellow(pad(section.authority === 'NO' ? 'no' : '?', 3));
    const name = [section.number, section.title].filter(Boolean).join(' ');
    call.out.line(
      `${String(section.line).padStart(width)}  ${authority} ${'  '.repeat(section.level - 1)}${name}${section.container === undefined ? '' : call.out.dim(`  in the fence at ${section.container}`)}`,
    );
  }
  return 0;
}

function isBelow(section: SpecSection, number: string): boolean {
  return section.number === number || section.number?.startsWith(`${number}.`) === true;
}
