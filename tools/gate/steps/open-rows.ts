import type { Refinement, Stub } from '../../artifacts/index.ts';

/** A row that only a person can fill in. */
export interface OpenRow {
  file: string;
  line: number;
  /** The field or section that it stands in. */
  field: string;
  /** What is to stand there, as the template puts it. */
  expected: string;
}

/** What only a person knows of a stub. */
export function openStubRows(stub: Stub): OpenRow[] {
  return stub.file.lines.flatMap((text, index) => {
    const blank = /<fill\b:?\s*([^>]*)>/.exec(text);
    if (blank === null) return [];
    const line = index + 1;
    return [{ file: stub.path, line, field: fieldAt(stub, line), expected: blank[1]! || 'a value' }];
  });
}

/** The field of a line, or the one that it stands below, or the section. */
export function fieldAt({ file, sections }: Pick<Refinement, 'file' | 'sections'>, line: number): string {
  for (let at = line; at > 0; at--) {
    const own = /^(\s*)[-*+]\s+([A-Za-z][A-Za-z0-9_ -]*):/.exec(file.lines[at - 1]!);
    if (own !== null && (at === line || own[1] === '')) return own[2]!;
    const section = sections.find((each) => each.line === at);
    if (section !== undefined) return section.title;
  }
  return '';
}
