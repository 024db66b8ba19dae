import type { SpecIndex } from '../../spec/index.ts';

interface Lines {
  code: Uint8Array;
}

const found = new WeakMap<SpecIndex, Map<string, Lines>>();

/** Does the line (from 1) stand in a code block? The text of a template in a Markdown fence is prose. */
export function isCode(index: SpecIndex, file: string, line: number): boolean {
  let files = found.get(index);
  if (files === undefined) {
    files = new Map(index.files.map(({ path, lines }) => [path, { code: new Uint8Array(lines.length + 2) }]));
    for (const { file: path, line: from, endLine, lang } of index.blocks)
      if (lang !== 'md' && lang !== 'markdown') files.get(path)?.code.fill(1, from, endLine + 1);
    found.set(index, files);
  }
  return files.get(file)?.code[line] === 1;
}
