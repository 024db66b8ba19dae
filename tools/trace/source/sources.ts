import type { TraceConfig } from '../../config/index.ts';
import type { Snapshot } from '../../snapshot/index.ts';
import { mayNameClause } from '../ids.ts';
import { readComments, readScript, type Script, type SourceTest } from './script.ts';

/** A test file that may name a clause. */
export interface TestFile {
  file: string;
  text: string;
  tests: SourceTest[];
}

export interface Sources {
  /** Lines of comments, in the order of the files. */
  comments: { file: string; line: number; text: string }[];
  tests: TestFile[];
  /** How many files were looked at. */
  looked: { code: number; tests: number };
  notes: string[];
}

const SCRIPT = /\.[mc]?[jt]sx?$/;

/**
 * Reads the comments of the code and the titles of the tests. Only a file that holds an id, or every word of one of the
 * `criteria`, is parsed. A test file is no code.
 */
export async function readSources(
  snapshot: Snapshot,
  { code, tests, ignore }: TraceConfig,
  criteria: readonly (readonly string[])[],
): Promise<Sources> {
  const not = ignore.map((glob) => `!${glob}`);
  const sources: Sources = { comments: [], tests: [], looked: { code: 0, tests: 0 }, notes: [] };
  const testPaths = await snapshot.list([...tests, ...not]);
  const isTest = new Set(testPaths);
  const codePaths = (await snapshot.list([...code, ...not])).filter((path) => !isTest.has(path));
  sources.looked = { code: codePaths.length, tests: testPaths.length };
  for (const path of codePaths) {
    const text = await readText(snapshot, path, sources);
    if (text === undefined || !mayNameClause(text)) continue;
    for (const comment of SCRIPT.test(path) ? readComments(path, text) : markedLines(path, text))
      sources.comments.push({ file: path, ...comment });
  }
  for (const path of testPaths) {
    const text = await readText(snapshot, path, sources);
    if (text === undefined || !SCRIPT.test(path)) continue;
    if (!mayNameClause(text) && !criteria.some((words) => words.every((word) => text.includes(word))))
      continue;
    const script = readScript(path, text);
    if (script.broken) sources.notes.push(`${path}: not read, since no parser of TypeScript can read it`);
    sources.tests.push({ file: path, text: titlesOnly(text, script), tests: script.tests });
  }
  return sources;
}

/** A file that went away in the meantime, or cannot be read, traces nothing; that is told. */
async function readText(snapshot: Snapshot, path: string, sources: Sources): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await snapshot.read(path));
  } catch (error) {
    sources.notes.push((error as Error).message);
    return undefined;
  }
}

/** The text without its comments: what a title that is put together at run time may be made of. */
function titlesOnly(text: string, { comments }: Script): string {
  const lines = text.split('\n');
  for (const { line, text: said } of comments) {
    const at = line - 1;
    lines[at] = (lines[at] ?? '').replace(said, '');
  }
  return lines.join('\n');
}

/** Where no parser is at hand: what stands behind the mark of a comment. */
function markedLines(path: string, text: string): { text: string; line: number }[] {
  const mark = path.endsWith('.py') ? /#(.*)$/ : /\/\/(.*)$/;
  return text.split('\n').flatMap((each, at) => {
    const said = mark.exec(each)?.[1];
    return said === undefined ? [] : [{ text: said, line: at + 1 }];
  });
}
