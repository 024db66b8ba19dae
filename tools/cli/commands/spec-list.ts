import { linePlace, TreeError } from '../../findings/index.ts';
import { worktreeSnapshot } from '../../snapshot/index.ts';
import type { SpecSection } from '../../spec/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { loadCallSpec } from '../load.ts';
import { count, cut, pad, visible } from '../output.ts';

const MAX_LINES = 76;

/** The section tree, as it physically stands. */
export async function run(call: Call): Promise<ExitCode> {
  const index = await loadCallSpec(call, worktreeSnapshot(call.root));
  const below = call.args[0];
  const sections = index.sections.filter((section) => below === undefined || isBelow(section, below));
  if (sections.length === 0) {
    throw new TreeError({
      rule: 'anchor/unresolved',
      severity: 'error',
      place: linePlace(index.files[0]!.path, 1),
      message:
        below === undefined
          ? 'Unexpected absence of sections, expected a Master Spec with headings'
          : `Unexpected section number ${below}, expected one of ${index.version}`,
      args: { number: below },
    });
  }
  if (call.json) {
    call.out.json({
      schema: 'govkit.sections@1',
      spec: { source: index.source, version: index.version, sha256: index.sha256 },
      sections: sections.map(
        ({ number, title, tags, level, file, line, endLine, endFile, container, authority, kind }) => ({
          number: number ?? null,
          title,
          tags,
          level,
          file,
          line,
          endLine,
          ...(endFile !== undefined && { endFile }),
          ...(container !== undefined && { container }),
          authority,
          kind,
        }),
      ),
    });
    return 0;
  }
  const width = String(Math.max(...sections.map((section) => section.line))).length;
  const files = new Set(sections.map(({ file }) => file)).size;
  const depth = deepest(sections, MAX_LINES - (index.files.length > 1 ? files : 0));
  const shown = sections.filter(({ level }) => level <= depth);
  let file = index.files.length > 1 ? '' : index.files[0]?.path;
  for (const section of shown) {
    if (section.file !== file) call.out.line(call.out.dim(visible(section.file)));
    file = section.file;
    const authority =
      section.authority === 'YES' ? '   ' : call.out.yellow(pad(section.authority === 'NO' ? 'no' : '?', 3));
    const name = [section.number, section.title].filter(Boolean).join(' ');
    const fence = section.container === undefined ? '' : `  in the fence at ${section.container}`;
    const text = cut(`${'  '.repeat(section.level - 1)}${name}${fence}`, call.out.limit - width - 6);
    call.out.line(`${String(section.line).padStart(width)}  ${authority} ${text}`);
  }
  if (shown.length < sections.length) {
    call.out.line();
    call.out.line(`${count(shown.length, 'section')} of ${sections.length}, down to level ${depth}`);
    const hidden = sections.findIndex(({ level }) => level > depth);
    const above = sections.slice(0, hidden).findLast(({ number }) => number !== undefined);
    call.out.line(`${call.out.dim('next')}   gov spec list ${above?.number ?? ''}      what stands below it`);
  }
  return 0;
}

/** Levels that fit a screen and a half; what lies deeper is asked for by number. */
function deepest(sections: readonly SpecSection[], room: number): number {
  for (let level = 6; level > 1; level--) {
    if (sections.filter((section) => section.level <= level).length <= room) return level;
  }
  return 1;
}

function isBelow(section: SpecSection, number: string): boolean {
  return section.number === number || section.number?.startsWith(`${number}.`) === true;
}
