import type { Scan } from '../../markdown/index.ts';
import type { CodeBlock, SpecFile, SpecSection } from '../model.ts';

/** The fenced blocks of a file, those inside `md` fences included, each with the section around it. */
export function blocksOf(
  file: SpecFile,
  found: Scan,
  sectionAt: (line: number) => SpecSection | undefined,
): CodeBlock[] {
  return found.fences.map((fence) => {
    const section = sectionAt(fence.line);
    const body = file.lines.slice(fence.line, fence.closed ? fence.endLine - 1 : fence.endLine);
    return {
      file: file.path,
      line: fence.line,
      endLine: fence.endLine,
      lang: fence.lang,
      lines: fence.indent === 0 ? body : body.map((line) => dedent(line, fence.indent)),
      ...(section && { section }),
      ...(fence.container !== undefined && { container: fence.container }),
    };
  });
}

function dedent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && line[at] === ' ') at++;
  return line.slice(at);
}
