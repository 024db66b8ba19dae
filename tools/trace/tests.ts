import type { Criterion } from './clauses.ts';
import { fold, wordsOf } from './clauses.ts';
import { idsIn } from './ids.ts';
import type { TracedTest } from './model.ts';
import type { TestResult } from './results.ts';
import type { SourceTest } from './source/script.ts';
import type { TestFile } from './source/sources.ts';
import { OPEN, titlePattern } from './source/title.ts';

/** A test with the ids that its title names. */
export interface NamingTest {
  test: TracedTest & { line: number };
  ids: string[];
  /** `.skip` or `.todo` in the source: no proof, whatever an old result says. */
  off: boolean;
}

const CRITERION = /(?<![\w-])WP-[A-Za-z0-9-]+\/AC-\d+(?!\w)/g;

/** The tests that name a clause or a criterion, with what the results say of each. */
export function namingTests(
  files: readonly TestFile[],
  results: readonly TestResult[],
  criteria: readonly Criterion[],
): NamingTest[] {
  const byFile = byFileOf(results);
  return files.flatMap((file) => {
    const own = byFile.get(file.file) ?? [];
    return file.tests.flatMap((test) => namingOf(file, test, own, criteria));
  });
}

function namingOf(
  { file, text }: TestFile,
  source: SourceTest,
  results: readonly TestResult[],
  criteria: readonly Criterion[],
): NamingTest[] {
  const { title, line, skipped: off } = source;
  const shown = fold(title.replaceAll(OPEN, '…'));
  const ids = idsOfTitle(shown, criteria);
  const open = title.includes(OPEN);
  if (ids.length === 0 && !open) return [];
  const matches = titlePattern(title);
  const ran = results.filter(({ name }) => matches(name));
  const traced = (name: string, from: readonly TestResult[]): NamingTest['test'] => ({
    name,
    file,
    line,
    result: off ? 'skipped' : worst(from),
  });
  const found: NamingTest[] = ids.length === 0 ? [] : [{ test: traced(shown, ran), ids, off }];
  if (!open) return found;
  // A title that is put together when it runs may name more ids. An old result may name what today's file does not.
  for (const result of ran) {
    const more = idsOfTitle(result.name, criteria).filter(
      (id) => !ids.includes(id) && holds(text, id, criteria),
    );
    if (more.length > 0) found.push({ test: traced(result.name, [result]), ids: more, off });
  }
  return found;
}

function idsOfTitle(title: string, criteria: readonly Criterion[]): string[] {
  const named = [...idsIn(title), ...(title.match(CRITERION) ?? [])];
  const words = wordsOf(title);
  const held = criteria.filter(({ words: own }) => own !== '' && words.includes(own));
  // A criterion that is a part of a longer one is not proven by the test of that.
  const whole = held.filter(
    ({ words: own }) => !held.some(({ words: other }) => other !== own && other.includes(own)),
  );
  return [...new Set([...named, ...whole.map(({ id }) => id)])];
}

/** Whether a file still says what its result is called by: the id itself and not one that begins so, or the words. */
function holds(text: string, id: string, criteria: readonly Criterion[]): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1))
    if (!/\w/.test(text[at + id.length] ?? '')) return true;
  const words = criteria.find((criterion) => criterion.id === id)?.words;
  return words !== undefined && words !== '' && fold(text).includes(words);
}

/** One test may have run several times: for each row of a table, for each kind of store. */
function worst(results: readonly TestResult[]): TracedTest['result'] {
  for (const status of ['failed', 'passed', 'skipped'] as const)
    if (results.some((result) => result.status === status)) return status;
  return 'absent';
}

function byFileOf(results: readonly TestResult[]): Map<string, TestResult[]> {
  const byFile = new Map<string, TestResult[]>();
  for (const result of results) {
    const own = byFile.get(result.file);
    if (own) own.push(result);
    else byFile.set(result.file, [result]);
  }
  return byFile;
}
