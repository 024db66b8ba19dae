import { type Document, isMap, isScalar, LineCounter, parseDocument, visit, type YAMLMap } from 'yaml';
import { type Finding, linePlace } from '../../findings/index.ts';
import { frontMatterOf } from '../../markdown/index.ts';
import type { SpecFile } from '../model.ts';
import { versionFrom } from './names.ts';

/** What the front matter of a spec file tells, and what is wrong with it. */
export interface FrontMatter {
  version?: string;
  findings: Finding[];
}

/** Reads the front matter as YAML. What is wrong with it is a finding; it counts as front matter all the same. */
export function readFrontMatter(file: SpecFile): FrontMatter {
  const range = frontMatterOf(file.lines);
  if (!range) {
    // Without its end it is text, and a line `---` at the top of a text is a rule across the page.
    const begun =
      /^---[ \t]*$/.test(file.lines[0] ?? '') && /^[A-Za-z_][\w-]*:(?:\s|$)/.test(file.lines[1] ?? '');
    return {
      findings: begun ? [broken(file, 1, 'front matter without an end', 'a line --- that ends it')] : [],
    };
  }
  const lineCounter = new LineCounter();
  const text = file.lines.slice(range.line, range.endLine - 1).join('\n');
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  const offset = error ? error.pos[0] : repeatedKey(document);
  if (offset !== undefined) {
    const line = range.line + lineCounter.linePos(offset).line;
    const found = `front matter (${error?.message.split('\n')[0] ?? 'Map keys must be unique'})`;
    return { findings: [broken(file, Math.min(line, range.endLine), found, 'YAML')] };
  }
  const { contents } = document;
  if (isMap(contents)) {
    const version = stated(contents, 'spec_version') ?? stated(contents, 'version');
    return { ...(version !== undefined && { version }), findings: [] };
  }
  const empty = contents === null || (isScalar(contents) && contents.value === null);
  if (empty && text.trim() === '') return { findings: [] };
  return { findings: [broken(file, range.line + 1, 'front matter without keys', 'lines of KEY: VALUE')] };
}

/** Where a key stands again in its map. The parser's own test compares every key with every other one. */
function repeatedKey(document: Document): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          offset = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
    },
  });
  return offset;
}

// As written: the number 02.195 would lose its zero.
function stated(map: YAMLMap, key: string): string | undefined {
  const node = map.get(key, true);
  return isScalar(node) ? versionFrom(node.source ?? node.value) : undefined;
}

function broken(file: SpecFile, line: number, found: string, expected: string): Finding {
  return {
    rule: 'spec/front-matter',
    severity: 'warning',
    place: linePlace(file.path, line),
    message: `Unexpected ${found}, expected ${expected}`,
    args: { path: file.path },
    expected,
  };
}
